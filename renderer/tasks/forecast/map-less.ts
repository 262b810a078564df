// Subtracts the map of the errors of one run from that of another. Pure.
import type { Residuals } from '../../../engine/contract/results/residuals.ts';

type ErrorSizes = Residuals['map'];

/** Null where the two are of other origins or steps. */
export function mapLess(one: ErrorSizes, other: ErrorSizes): number[][] | null {
  if (!isSame(one.from, other.from) || !isSame(one.to, other.to) || !isSame(one.steps, other.steps))
    return null;
  return one.sizes.map((line, step) =>
    line.map((size, origin) => size - (other.sizes[step]?.[origin] ?? Number.NaN)),
  );
}

const isSame = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((value, at) => value === other[at]);
