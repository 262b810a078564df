// Pairs that a translator learns in a second: words and their letters from the end.
import { createNumbers } from '../../../engine/data/generated/random.ts';

/** Short words of four letters, and their letters from the end in capitals. */
export function reversedPairs(count: number, seed = 5): readonly (readonly [string, string])[] {
  const { integer } = createNumbers(seed);
  const words = new Set<string>();
  while (words.size < count)
    words.add(Array.from({ length: 1 + integer(4) }, () => 'abcd'[integer(4)]!).join(''));
  return [...words].map((word) => [word, [...word].reverse().join('').toUpperCase()]);
}

export const CONFIGURATION = {
  name: 'reversed',
  dataset: { name: 'reversed' },
  task: { kind: 'translate', input: 'source', target: 'target', embedding: 16, mostSteps: 8, beam: 2 },
  model: { kind: 'encoder-decoder', units: 24, cell: 'gru' },
  split: { kind: 'samples', by: 'stratified', train: 0.8, validation: 0.1 },
  pipeline: [],
  training: {
    epochs: 12,
    batchSize: 16,
    optimizer: { kind: 'adam', learningRate: 0.02 },
    probe: false,
    earlyStopping: null,
  },
};
