// What is typed into a field for a number, which may not be one yet: `0.`, `-`. Pure.

/** Null where it is no number (yet). */
export function numberOf(typed: string | number): number | null {
  if (typeof typed === 'number') return Number.isFinite(typed) ? typed : null;
  const number = typed.trim() === '' ? Number.NaN : Number(typed);
  return Number.isFinite(number) ? number : null;
}

/** Whether the typed text stands for that value of the draft, which is no number while the text is none. */
export function sameNumber(typed: string | number, value: unknown): boolean {
  const number = numberOf(typed);
  return number === null ? typeof value !== 'number' : number === value;
}

/** What is wrong with a whole number between two bounds, as a sentence; null where nothing is. */
export function wholeNumberProblem(typed: string | number, least: number, most: number): string | null {
  const number = numberOf(typed);
  const isIn = number !== null && Number.isInteger(number) && number >= least && number <= most;
  if (isIn) return null;
  const wanted = `a whole number from ${least} to ${most}`;
  if (typed === '') return `This is empty; it must be ${wanted}.`;
  return `This is ${typed}; it must be ${wanted}.`;
}
