// PED-ANOVA: which fields decide whether a trial is among the best (Watanabe, Bansal, Hutter 2023, arXiv 2304.10255; fields that only some
// trials have: arXiv 2601.20800). Of each field the density of the best tenth is compared with that of all trials, on a grid; the Pearson
// divergence between them is its importance. As Optuna has it.
import type { Dimension, Space, Values } from '../contract/studies/search.ts';
import { deterministicExp, deterministicLog } from '../numerics/deterministic-math.ts';
import { normalMass } from '../numerics/normal.ts';
import { type NumericDimension, scaleOf } from './scale.ts';

export interface RankedValues {
  readonly values: Values;
  /** The lower the better; equal ones are equally good. */
  readonly rank: number;
}

export interface Importance {
  readonly path: string;
  /** Of all fields together; their sum is 1. */
  readonly share: number;
  /** Trials that have the field. */
  readonly trials: number;
}

const BEST_SHARE = 0.1;
const FEWEST_TRIALS = 2;

/** The most important first; nothing where the best are all there are, so that nothing can be said. */
export function importanceOf(space: Space, trials: readonly RankedValues[]): Importance[] {
  const ranks = trials.map(({ rank }) => rank).toSorted((a, b) => a - b);
  const cutoff = ranks[Math.ceil(BEST_SHARE * ranks.length) - 1];
  const best = trials.filter(({ rank }) => cutoff !== undefined && rank <= cutoff);
  if (best.length === 0 || best.length === trials.length) return [];
  const found = Object.entries(space).map(([path, dimension]) => {
    const all = trials.filter(({ values }) => Object.hasOwn(values, path));
    const good = best.filter(({ values }) => Object.hasOwn(values, path));
    const value =
      good.length === 0 || all.length < FEWEST_TRIALS ? 0 : divergence(path, dimension, good, all);
    const goodShare = good.length / best.length;
    const allShare = all.length / trials.length;
    return {
      path,
      trials: all.length,
      value: allShare === 0 ? 0 : (goodShare * goodShare * value) / allShare,
    };
  });
  const sum = found.reduce((total, { value }) => total + value, 0);
  return found
    .map(({ path, trials, value }) => ({ path, trials, share: sum === 0 ? 1 / found.length : value / sum }))
    .toSorted((a, b) => b.share - a.share);
}

/** Keeps densities from 0. */
const TINY = 1e-12;

function divergence(
  path: string,
  dimension: Dimension,
  good: readonly RankedValues[],
  all: readonly RankedValues[],
): number {
  const cell = cellsOf(dimension);
  if (cell.count < 2) return 0;
  const densityOf = (trials: readonly RankedValues[]): number[] => {
    const counts = new Array<number>(cell.count).fill(0);
    for (const { values } of trials) {
      const at = cell.of(values[path] ?? null);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    return (cell.ordered ? orderedDensity : choiceDensity)(counts).map((one) => one + TINY);
  };
  const [top, local] = [densityOf(good), densityOf(all)];
  return local.reduce((sum, density, at) => {
    const excess = (top[at] ?? 0) / density - 1;
    return sum + density * excess * excess;
  }, 0);
}

interface Cells {
  readonly count: number;
  readonly ordered: boolean;
  of(value: Values[string]): number;
}

const MOST_CELLS = 50;

function cellsOf(dimension: Dimension): Cells {
  if (dimension.kind !== 'categorical') return numericCells(dimension);
  const { values } = dimension;
  const texts = values.map((value) => JSON.stringify(value));
  return {
    count: values.length,
    ordered: false,
    of: (value) => Math.max(0, texts.indexOf(JSON.stringify(value))),
  };
}

function numericCells(dimension: NumericDimension): Cells {
  const { position, value, count: values, step, log, low, high } = scaleOf(dimension);
  const [first, last] = [position(value(low)), position(value(high))];
  // Whole numbers on a logarithm lie further apart at its beginning: fewer cells suffice.
  const few = log && step !== null ? Math.ceil(deterministicLog(values) / deterministicLog(2)) + 1 : values;
  const count = Math.min(few, MOST_CELLS);
  const width = (last - first) / (count - 1);
  return {
    count,
    ordered: true,
    of: (value) =>
      Math.min(count - 1, Math.max(0, Math.ceil((position(Number(value)) - first) / width - 0.5))),
  };
}

/** Probability of each choice: a kernel a choice that was seen, and one for all. */
function choiceDensity(counts: readonly number[]): number[] {
  const seen = counts.flatMap((count, at) => (count > 0 ? [{ count, at }] : []));
  const weights = seen.reduce((sum, { count }) => sum + count, 1);
  const spread = 1 / (seen.length + 1);
  const whole = 1 + spread * counts.length;
  return counts.map((_, choice) =>
    seen.reduce(
      (sum, { count, at }) => sum + ((count / weights) * (spread + (at === choice ? 1 : 0))) / whole,
      1 / weights / counts.length,
    ),
  );
}

/** 1.64 deviations, nine tenths of the mass, lie within a cell. */
const NARROWEST = 0.5 / 1.64;

/** Probability of each cell: a normal kernel a cell that was seen, and a wide one for all. */
function orderedDensity(counts: readonly number[]): number[] {
  const seen = counts.flatMap((count, at) => (count > 0 ? [{ count, at }] : []));
  const total = seen.reduce((sum, { count }) => sum + count, 0);
  const width = Math.max(NARROWEST, scottWidth(seen, total));
  const last = counts.length - 1;
  const kernels = [
    ...seen.map(({ at, count }) => ({ centre: at, width, weight: count / (total + 1) })),
    { centre: last / 2, width: counts.length, weight: 1 / (total + 1) },
  ];
  return counts.map((_, cell) =>
    kernels.reduce((sum, { centre, width, weight }) => {
      const mass = (from: number, to: number): number =>
        normalMass((from - centre) / width, (to - centre) / width);
      return sum + (weight * mass(cell - 0.5, cell + 0.5)) / mass(-0.5, last + 0.5);
    }, 0),
  );
}

interface Seen {
  readonly at: number;
  readonly count: number;
}

/** Scott's rule (1992), by the smaller of the deviation and the distance between the quartiles. */
function scottWidth(seen: readonly Seen[], total: number): number {
  const mean = seen.reduce((sum, { at, count }) => sum + at * count, 0) / total;
  const squares = seen.reduce((sum, { at, count }) => sum + count * (at - mean) * (at - mean), 0);
  const deviation = Math.sqrt(squares / Math.max(1, total - 1));
  const sums = seen.map((_, index) => seen.slice(0, index + 1).reduce((sum, { count }) => sum + count, 0));
  const indexOf = (test: (sum: number) => boolean): number => {
    const found = sums.findIndex(test);
    return found < 0 ? seen.length - 1 : found;
  };
  const quarter = Math.floor(total / 4);
  const threeQuarters = Math.floor((total * 3) / 4);
  const low = seen[indexOf((sum) => sum >= quarter)]?.at ?? 0;
  const high = seen[indexOf((sum) => sum > threeQuarters)]?.at ?? 0;
  return 1.059 * Math.min((high - low) / 1.34, deviation) * deterministicExp(-0.2 * deterministicLog(total));
}
