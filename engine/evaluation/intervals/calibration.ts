// Split-conformal calibration of quantile forecasts (Vovk and others 2005; by level, as the asymmetric intervals of Romano, Patterson
// and Candès 2019): a level's forecast is moved by that level's quantile of the errors truth - forecast on rows that neither training nor
// stopping has seen, with the correction for a finite number of them. Moves are kept for each step and target, in standard deviations of
// the training rows, so that series of different size share them.
import type { PreparedForecast, WindowSet } from '../../data/prepared.ts';
import type { Quantiles } from '../score-keeper.ts';

export interface Calibration {
  readonly levels: readonly number[];
  /** By level: [horizon, targets] what is added to it, in standard deviations of the training rows. */
  readonly moves: readonly Float64Array[];
  /** [horizon, targets] distance of the forecasts' errors between the outermost levels, likewise. */
  readonly spread: Float64Array;
  /** Known errors of the cell that has the fewest. */
  readonly count: number;
}

export interface CalibratedBatch {
  /** Windows of the calibration set. */
  readonly indices: ArrayLike<number>;
  /** [indices.length, horizon, targets] original units. */
  readonly forecasts: Float64Array;
  /** The model's own, by level and laid out as the forecasts; null: it forecasts values alone. */
  readonly quantiles: Quantiles | null;
}

export interface Calibrator {
  add(batch: CalibratedBatch): void;
  finish(): Calibration;
}

/** The windows that calibrate: those held back, or the validation part where what is calibrated has not seen that. */
export const calibrationSet = ({ calibration, windows }: Pick<PreparedForecast, 'calibration' | 'windows'>) =>
  calibration ?? windows.validation;

export function createCalibrator(
  { series, horizon, targetNames }: PreparedForecast,
  set: Pick<WindowSet, 'series' | 'origin' | 'count'>,
  levels: readonly number[],
): Calibrator {
  const width = targetNames.length;
  const cells = horizon * width;
  const scales = scalesOf(series);
  /** By level: [cells] of errors. One serves all levels where the model forecasts values alone. */
  const lists: Float64Array[][] = [];
  const counts = new Int32Array(cells);
  const listsOf = (level: number): Float64Array[] => {
    lists[level] ??= Array.from({ length: cells }, () => new Float64Array(set.count));
    return lists[level];
  };
  let hasQuantiles = false;

  function add({ indices, forecasts, quantiles }: CalibratedBatch): void {
    hasQuantiles = quantiles !== null;
    // The forecasts themselves come last.
    const sources = [...(quantiles ?? []), forecasts];
    for (let position = 0; position < indices.length; position += 1) {
      const index = set.series[indices[position]!]!;
      const first = set.origin[indices[position]!]! + 1;
      for (let at = 0; at < cells; at += 1) {
        const target = at % width;
        const actual = series[index]!.actuals[target]![first + (at - target) / width]!;
        if (Number.isNaN(actual)) continue;
        const to = counts[at]!;
        sources.forEach((source, level) => {
          listsOf(level)[at]![to] = (actual - source[position * cells + at]!) / scales[index]![target]!;
        });
        counts[at] = to + 1;
      }
    }
  }

  function finish(): Calibration {
    for (const list of lists)
      for (let at = 0; at < cells; at += 1) list[at] = list[at]!.subarray(0, counts[at]).sort();
    const moves = levels.map((level, index) =>
      Float64Array.from({ length: cells }, (_, at) =>
        conformalQuantile(lists[hasQuantiles ? index : 0]?.[at] ?? NOTHING, level),
      ),
    );
    const errors = lists[hasQuantiles ? levels.length : 0];
    const spread = Float64Array.from({ length: cells }, (_, at) => {
      const quantile = (level: number): number => conformalQuantile(errors?.[at] ?? NOTHING, level);
      return quantile(levels.at(-1)!) - quantile(levels[0]!);
    });
    return {
      levels,
      moves,
      spread,
      count: counts.reduce((least, count) => Math.min(least, count), Infinity),
    };
  }

  return { add, finish };
}

const NOTHING = new Float64Array(0);

/**
 * The level's quantile of increasing errors, so that a new error lies below it with a probability of at least the level above the median,
 * and of at most the level below: the ceil(level (n + 1))-th, or the floor(level (n + 1))-th. NaN of none.
 */
export function conformalQuantile(errors: Float64Array, level: number): number {
  const count = errors.length;
  // 0.95 * 20 is 19, although its float64 product may lie beside it.
  const rank = Number((level * (count + 1)).toFixed(9));
  if (level === 0.5) return (errors[Math.ceil(count / 2) - 1]! + errors[Math.floor(count / 2)]!) / 2;
  const place = level < 0.5 ? Math.floor(rank) : Math.ceil(rank);
  return count === 0 ? Number.NaN : errors[Math.min(count, Math.max(1, place)) - 1]!;
}

/** Errors that the outermost of the levels needs, so that none of them lies beyond all errors. */
export const errorsNeeded = (levels: readonly number[]): number =>
  Math.max(...levels.map((level) => Math.ceil(Number((1 / Math.min(level, 1 - level)).toFixed(6))) - 1));

/** By series and target: what a move is multiplied by. A constant training part has no deviation, so there it is the unit of the data. */
export const scalesOf = (series: PreparedForecast['series']): Float64Array[] =>
  series.map(({ trainStd }) => trainStd.map((std) => (std > 0 ? std : 1)));
