// Statistics of a column for display: quantiles, histogram, autocorrelation. Nothing that is trained on is estimated here. Ten
// million values take about half a second: no sort, few passes, and all lags in one pass over the rows.
// Working arrays are kept from column to column: fresh memory costs as much as a pass over it.
import { select } from './select.ts';

export interface NumericSummary {
  readonly count: number;
  readonly mean: number;
  /** Population standard deviation. */
  readonly std: number;
  readonly min: number;
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
  readonly max: number;
}

export interface ValueStatistics extends NumericSummary {
  readonly missing: number;
  /** Rows in each of equally wide classes from min to max. */
  readonly histogram: number[];
  /** [lags]; null for a constant column or fewer than 2 x lags rows. */
  readonly autocorrelation: number[] | null;
}

export interface StatisticsOptions {
  readonly classes: number;
  readonly lags: number;
  /** Default: arrays of its own. */
  readonly scratch?: Scratch;
}

/** Working arrays of one column, which those of the next one overwrite. */
export class Scratch {
  #known = new Float64Array();
  #centred = new Float64Array();

  known(length: number): Float64Array {
    if (this.#known.length < length) this.#known = new Float64Array(length);
    return this.#known.subarray(0, length);
  }

  centred(length: number): Float64Array {
    if (this.#centred.length < length) this.#centred = new Float64Array(length);
    return this.#centred.subarray(0, length);
  }
}

/** @param values [rows], NaN where missing */
export function statisticsOfValues(
  values: Float64Array,
  { classes, lags, scratch = new Scratch() }: StatisticsOptions,
): ValueStatistics {
  const known = knownOf(values, scratch);
  // Reorders `known`, which the histogram does not mind.
  const summary = summarize(known);
  return {
    ...summary,
    missing: values.length - known.length,
    histogram: histogram(known, classes, summary.min, summary.max),
    autocorrelation: autocorrelation(values, lags, { ...summary, scratch }),
  };
}

/** [count] a copy without NaN. */
function knownOf(values: Float64Array, scratch: Scratch): Float64Array {
  const known = scratch.known(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isNaN(value)) known[count++] = value;
  }
  return known.subarray(0, count);
}

/** @param known [count] without NaN, in any order; is reordered */
export function summarize(known: Float64Array): NumericSummary {
  const count = known.length;
  let sum = 0;
  let min = count > 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  let max = count > 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  for (let at = 0; at < count; at++) {
    const value = known[at]!;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / count;
  let squares = 0;
  for (let at = 0; at < count; at++) {
    const distance = known[at]! - mean;
    squares += distance * distance;
  }
  const [q25, median, q75] = quantiles(known, [0.25, 0.5, 0.75]);
  return { count, mean, std: Math.sqrt(squares / count), min, q25: q25!, median: median!, q75: q75!, max };
}

/**
 * Linear between the two nearest ranks.
 * @param known [count] without NaN; is reordered
 * @param fractions increasing
 */
export function quantiles(known: Float64Array, fractions: readonly number[]): number[] {
  const last = known.length - 1;
  if (last < 0) return fractions.map(() => Number.NaN);
  let left = 0;
  return fractions.map((fraction) => {
    const rank = last * fraction;
    const floor = Math.floor(rank);
    const below = select(known, floor, left);
    left = floor;
    const above = rank > floor ? leastFrom(known, floor + 1) : below;
    return below + (above - below) * (rank - floor);
  });
}

function leastFrom(values: Float64Array, from: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let at = from; at < values.length; at++) if (values[at]! < least) least = values[at]!;
  return least;
}

/** Rows in each of `classes` equally wide classes from min to max; the last one includes max. */
export function histogram(known: Float64Array, classes: number, min: number, max: number): number[] {
  const counts = new Float64Array(classes);
  const width = max - min;
  for (let at = 0; at < known.length; at++) {
    const index = width > 0 ? Math.floor(((known[at]! - min) / width) * classes) : 0;
    counts[index < classes ? index : classes - 1]! += 1;
  }
  return [...counts];
}

/** Lags summed at a time: as many sums as a processor keeps in registers. */
const LAGS_AT_ONCE = 8;
/** Rows gone through for all lags before the next ones: they stay in the first cache. */
const ROWS_AT_ONCE = 2048;

/**
 * Correlation of the rows with those 1 to `lags` before, over the pairs of which both are known, by the mean and variance of all.
 * @param values [rows], NaN where missing
 * @returns [lags]; null for a constant column or fewer than 2 x lags rows
 */
export function autocorrelation(
  values: Float64Array,
  lags: number,
  {
    mean,
    std,
    count,
    scratch = new Scratch(),
  }: Pick<NumericSummary, 'mean' | 'std' | 'count'> & Pick<StatisticsOptions, 'scratch'>,
): number[] | null {
  const rows = values.length;
  if (rows < 2 * lags || !(std > 0)) return null;
  // A missing value is 0 here: its products add nothing.
  const centred = scratch.centred(rows);
  for (let row = 0; row < rows; row++) {
    const value = values[row]!;
    centred[row] = Number.isNaN(value) ? 0 : value - mean;
  }
  const sums = lagSums(centred, lags);
  const pairs = count < rows ? lagSums(knownMask(values, centred), lags) : null;
  return Array.from(sums, (sum, index) => {
    const known = pairs ? pairs[index]! : rows - index - 1;
    return known > 0 ? sum / known / (std * std) : Number.NaN;
  });
}

/** Into `mask`, [rows]. */
function knownMask(values: Float64Array, mask: Float64Array): Float64Array {
  for (let row = 0; row < values.length; row++) mask[row] = Number.isNaN(values[row]!) ? 0 : 1;
  return mask;
}

/** [lags] sum over the rows of x[row] x[row - lag], for lags 1, 2, ... */
function lagSums(x: Float64Array, lags: number): Float64Array {
  const sums = new Float64Array(lags);
  const padded = Math.ceil(lags / LAGS_AT_ONCE) * LAGS_AT_ONCE;
  // The first rows have not all lags before them.
  const start = Math.min(x.length, padded);
  for (let row = 1; row < start; row++) {
    for (let lag = 1; lag <= Math.min(row, lags); lag++) sums[lag - 1]! += x[row]! * x[row - lag]!;
  }
  for (let from = start; from < x.length; from += ROWS_AT_ONCE) {
    const to = Math.min(x.length, from + ROWS_AT_ONCE);
    for (let first = 0; first < lags; first += LAGS_AT_ONCE) addEightLags(x, from, to, first, sums);
  }
  return sums;
}

/** Adds the rows `from` to `to` for the lags first + 1 to first + 8; sums beyond the end of `sums` are dropped. */
function addEightLags(x: Float64Array, from: number, to: number, first: number, sums: Float64Array): void {
  // Local variables stay in registers, as no array does.
  let [s1, s2, s3, s4, s5, s6, s7, s8] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let row = from, before = from - first; row < to; row++, before++) {
    const value = x[row]!;
    s1 += value * x[before - 1]!;
    s2 += value * x[before - 2]!;
    s3 += value * x[before - 3]!;
    s4 += value * x[before - 4]!;
    s5 += value * x[before - 5]!;
    s6 += value * x[before - 6]!;
    s7 += value * x[before - 7]!;
    s8 += value * x[before - 8]!;
  }
  for (const [offset, sum] of [s1, s2, s3, s4, s5, s6, s7, s8].entries()) {
    if (first + offset < sums.length) sums[first + offset]! += sum;
  }
}
