// The orders in which the rows of a heat map of units can stand: one function each.

import type { RowOrder } from '../contract/inside/states.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { deterministicSineCosine } from '../numerics/deterministic-math.ts';

export interface UnitLines {
  /** [units, steps] */
  readonly values: Float64Array;
  readonly units: number;
  readonly steps: number;
  /** Of each unit; null: longer than can be seen. */
  readonly memory: readonly (number | null)[];
  /** In steps of the values; null where none is known. */
  readonly season: number | null;
}

/** Indices of the units, the top row first. */
export const ORDERS: Readonly<Record<RowOrder, (lines: UnitLines) => number[]>> = {
  index: ({ units }) => numbersTo(units),
  /** Units that go up and down together stand together: by their share in the first principal direction. */
  similarity: (lines) => descending(principalShares(lines)),
  memory: ({ memory }) => descending(memory.map((steps) => steps ?? Number.POSITIVE_INFINITY)),
  season: (lines) => descending(seasonShares(lines)),
};

const numbersTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Equal ones by their index. */
function descending(scores: readonly number[]): number[] {
  return numbersTo(scores.length).sort((a, b) => {
    const [first, second] = [scores[a]!, scores[b]!];
    return first === second ? a - b : second - first;
  });
}

/** [units, steps] less each unit's mean, and over its standard deviation; 0 for a unit that stands still. */
function standardized({ values, units, steps }: UnitLines): Float64Array {
  const out = new Float64Array(values.length);
  for (let unit = 0; unit < units; unit++) {
    const line = values.subarray(unit * steps, (unit + 1) * steps);
    const mean = line.reduce((sum, value) => sum + value, 0) / steps;
    const variance = line.reduce((sum, value) => sum + (value - mean) ** 2, 0) / steps;
    if (variance === 0) continue;
    for (let step = 0; step < steps; step++)
      out[unit * steps + step] = (line[step]! - mean) / Math.sqrt(variance);
  }
  return out;
}

const POWER_STEPS = 100;

/** Each unit's correlation with the first principal direction over time (power iteration). */
function principalShares(lines: UnitLines): number[] {
  const { units, steps } = lines;
  const rows = standardized(lines);
  let shares = withFirst(rows, units, steps);
  for (let round = 0; round < POWER_STEPS; round++) {
    const direction = new Float64Array(steps);
    for (let unit = 0; unit < units; unit++) {
      for (let step = 0; step < steps; step++) direction[step]! += shares[unit]! * rows[unit * steps + step]!;
    }
    const length = Math.hypot(...direction);
    if (length === 0) return shares;
    shares = numbersTo(units).map((unit) => {
      let sum = 0;
      for (let step = 0; step < steps; step++) sum += rows[unit * steps + step]! * direction[step]!;
      return sum / (length * Math.sqrt(steps));
    });
  }
  return shares;
}

/** A first guess that no unit is orthogonal to by symmetry alone: how each goes with the first unit that moves. */
function withFirst(rows: Float64Array, units: number, steps: number): number[] {
  const first = numbersTo(units).find((unit) => rows[unit * steps] !== 0) ?? 0;
  return numbersTo(units).map((unit) => {
    let sum = 0;
    for (let step = 0; step < steps; step++) sum += rows[unit * steps + step]! * rows[first * steps + step]!;
    return sum / steps;
  });
}

/** Share of each unit's variance that one wave of the season's length explains. */
function seasonShares(lines: UnitLines): number[] {
  const { units, steps, season } = lines;
  if (season === null || season < 2 || season > steps) {
    throw new HindcastError(
      'invalid-input',
      season === null
        ? 'The rows cannot be ordered by season, because these data suggest none; set evaluation.season, or choose another order.'
        : `The rows cannot be ordered by season, because a window of ${steps} steps does not hold one of ${season}; choose another order.`,
      { details: { field: 'order' } },
    );
  }
  const waves = Array.from({ length: steps }, (_, step) =>
    deterministicSineCosine((2 * Math.PI * step) / season),
  );
  const rows = standardized(lines);
  return numbersTo(units).map((unit) => {
    let sine = 0;
    let cosine = 0;
    for (let step = 0; step < steps; step++) {
      sine += rows[unit * steps + step]! * waves[step]!.sine;
      cosine += rows[unit * steps + step]! * waves[step]!.cosine;
    }
    return (2 * (sine ** 2 + cosine ** 2)) / steps ** 2;
  });
}
