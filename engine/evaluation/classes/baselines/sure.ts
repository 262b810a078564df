// Probabilities for methods that only name a class: as sure of each answer as their answers on validation are right.
import type { ClassBaselineInput, RowClassifier } from './class-baseline.ts';

/** However often it is wrong, the class that is said stays the most probable one. */
const LEAD = 1e-6;

/** The rest is shared by the other classes. Each `next` answers a sample of validation. */
export function* asSureAsRight(
  { validation, labels, classes }: Pick<ClassBaselineInput, 'validation' | 'labels' | 'classes'>,
  said: (row: number) => number,
): Generator<void, RowClassifier, void> {
  const known = validation.filter((row) => labels[row]! >= 0);
  let right = 0;
  for (const row of known) {
    if (said(row) === labels[row]) right += 1;
    yield;
  }
  const sure = Math.max(1 / classes + LEAD, (right + 1) / (known.length + 2));
  return (row) => {
    const p = new Float64Array(classes).fill((1 - sure) / (classes - 1));
    p[said(row)] = sure;
    return p;
  };
}
