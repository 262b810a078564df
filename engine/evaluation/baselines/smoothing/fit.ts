// Chooses and estimates exponential smoothing for one series and target: with or without a damped trend, with or without a season,
// by Akaike's criterion for small samples of the errors one step ahead.
import { deterministicLog } from '../../../numerics/deterministic-math.ts';
import { minimise } from './search.ts';
import { type Parameters, type Start, smooth } from './smooth.ts';

export interface Smoothing {
  readonly parameters: Parameters;
  readonly start: Start;
}

export interface SmoothingChoice {
  /** Rows of a season; null: none is tried. */
  readonly season: number | null;
  /** Steps over a row that the search may cost. */
  readonly work: number;
}

/** Seasons that the first states are a mean over. */
const START_SEASONS = 3;
const LEAST_SEASONS = 2;
const MOST_EVALUATIONS = 160;
/** Of alpha, beta as a share of alpha, gamma as a share of 1 - alpha, and phi. */
const BOX = { low: [0.001, 0, 0, 0.8], high: [0.999, 1, 1, 0.98] };
const FIRST = [0.3, 0.05, 0.1, 0.95];

/** `values`: of the training rows; `bridged`: the same without gaps, for the first states. */
export function fitSmoothing(
  values: Float64Array,
  bridged: Float64Array,
  { season, work }: SmoothingChoice,
): Smoothing {
  const evaluations = Math.max(20, Math.min(MOST_EVALUATIONS, Math.floor(work / (4 * values.length))));
  const seasons = season !== null && values.length >= LEAST_SEASONS * season ? [0, season] : [0];
  let known = 0;
  for (const value of values) if (!Number.isNaN(value)) known += 1;
  let best: (Smoothing & { readonly criterion: number }) | null = null;
  for (const period of seasons) {
    for (const hasTrend of [false, true]) {
      const start = startOf(bridged, period, hasTrend);
      const axes = [0, ...(hasTrend ? [1] : []), ...(period > 0 ? [2] : []), ...(hasTrend ? [3] : [])];
      const pick = (list: readonly number[]): number[] => axes.map((axis) => list[axis]!);
      const { at, value } = minimise(
        (point) => smooth(values, parametersOf(axes, point), start),
        { low: pick(BOX.low), high: pick(BOX.high) },
        { start: pick(FIRST), evaluations },
      );
      const criterion = criterionOf(value, known, axes.length + 1 + (hasTrend ? 1 : 0) + period);
      if (best === null || criterion < best.criterion)
        best = { parameters: parametersOf(axes, at), start, criterion };
    }
  }
  return best!;
}

function parametersOf(axes: readonly number[], point: readonly number[]): Parameters {
  const of = (axis: number): number => (axes.includes(axis) ? point[axes.indexOf(axis)]! : 0);
  const alpha = of(0);
  return { alpha, beta: alpha * of(1), gamma: (1 - alpha) * of(2), phi: of(3) };
}

/** Infinite where there are too few values for that number of parameters. */
function criterionOf(squares: number, count: number, parameters: number): number {
  const k = parameters + 1;
  if (count <= k + 1) return parameters === 2 ? Number.MAX_VALUE : Number.POSITIVE_INFINITY;
  return count * deterministicLog(squares / count) + 2 * k + (2 * k * (k + 1)) / (count - k - 1);
}

/** Means over the first seasons; without a season the first values. */
export function startOf(values: Float64Array, period: number, hasTrend: boolean): Start {
  if (period === 0) {
    const last = Math.min(10, values.length - 1);
    const trend = hasTrend && last > 0 ? (values[last]! - values[0]!) / last : 0;
    return { level: values[0]! - trend, trend, season: new Float64Array(0) };
  }
  const seasons = Math.min(START_SEASONS, Math.floor(values.length / period));
  const means = Array.from({ length: seasons }, (_, index) =>
    meanOf(values.subarray(index * period, (index + 1) * period)),
  );
  const season = Float64Array.from({ length: period }, (_, phase) => {
    const changes = means.map((mean, index) => values[index * period + phase]! - mean);
    return changes.reduce((sum, change) => sum + change, 0) / seasons;
  });
  const trend = hasTrend ? (means.at(-1)! - means[0]!) / ((seasons - 1) * period) : 0;
  return { level: means[0]! - (trend * (period + 1)) / 2, trend, season };
}

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
