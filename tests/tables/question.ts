// A question about one step of one sample of a run, as the tables of its insides ask it.
export const QUESTION = {
  run: 3,
  weights: 'best',
  part: 'test',
  origin: 0,
  place: { part: 'encoder', layer: 0, direction: 'forward' },
  order: 'index',
  step: 1,
  unit: 0,
} as const;
