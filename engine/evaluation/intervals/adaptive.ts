// Adaptive conformal intervals (Gibbs and Candès 2021, in the form of quantile tracking of Angelopoulos, Candès and Tibshirani 2023):
// each series, step, target and level has a move of its own, which begins with that of the calibration. When the truth of a forecast
// becomes known, the move of a level a rises by rate * a where the truth lay above, and falls by rate * (1 - a) where it did not. In
// the long run a share a of the truths lies below, whatever the series does: over T truths the share misses a by at most the distance
// that the moves went, divided by rate * T. A rate in proportion to the spread of the latest errors keeps that small when their size
// changes. A forecast knows truths up to its origin only.
import type { Quantiles } from '../score-keeper.ts';
import { emptyQuantiles, type IntervalData, type IntervalMethod, move } from './interval-method.ts';
import { RecentErrors } from './recent-errors.ts';

/** A step of the tracking, as a share of the spread of the latest errors between the outermost levels. */
const RATE = 0.05;

export const adaptive: IntervalMethod = {
  label: 'adaptive conformal',
  isSequential: true,
  holdsBack: true,
  create(data, { levels, moves, spread }) {
    const { set, horizon, width, scales } = data;
    const cells = horizon * width;
    const bySeries = new Map<number, Tracked>();
    const trackedOf = (series: number): Tracked => {
      let tracked = bySeries.get(series);
      if (!tracked) {
        tracked = {
          moves: moves.map((one) => one.slice()),
          recent: Array.from({ length: cells }, () => new RecentErrors()),
          seen: new Int32Array(horizon),
          past: [],
        };
        bySeries.set(series, tracked);
      }
      return tracked;
    };
    const learnUpTo = (series: number, row: number) =>
      learn(trackedOf(series), { data, series, row, levels, spread });
    return {
      of(indices, forecasts, own) {
        const out = emptyQuantiles(levels.length, indices.length * cells);
        for (let at = 0; at < indices.length; at += 1) {
          const series = set.series[indices[at]!]!;
          const origin = set.origin[indices[at]!]!;
          learnUpTo(series, origin);
          const tracked = trackedOf(series);
          const start = at * cells;
          move(out, tracked.moves, { forecasts, own, start, width, scales: scales[series]! });
          const ofWindow = (values: Float64Array): Float64Array => values.slice(start, start + cells);
          tracked.past.push({ origin, forecasts: ofWindow(forecasts), values: out.map(ofWindow) });
        }
        return out;
      },
      movesAtEnd(series) {
        learnUpTo(series, Number.POSITIVE_INFINITY);
        return trackedOf(series).moves;
      },
    };
  },
};

interface Forecast {
  readonly origin: number;
  /** [horizon, targets] original units. */
  readonly forecasts: Float64Array;
  readonly values: Quantiles;
}

interface Tracked {
  readonly moves: readonly Float64Array[];
  /** [horizon, targets] in standard deviations of the training rows, as the moves are. */
  readonly recent: readonly RecentErrors[];
  /** [horizon] windows whose truth at that step was learnt from. */
  readonly seen: Int32Array;
  /** Windows forecast so far, in order; undefined once all their truths are learnt from. */
  readonly past: (Forecast | undefined)[];
}

interface Learning {
  readonly data: IntervalData;
  readonly series: number;
  /** The last one that is known. */
  readonly row: number;
  readonly levels: readonly number[];
  /** [horizon, targets] of the errors that calibrated, until there are enough later ones. */
  readonly spread: Float64Array;
}

/** Takes in every truth up to that row that was forecast. */
function learn(tracked: Tracked, learning: Learning): void {
  const { seen, past } = tracked;
  const { data, series, row } = learning;
  const { horizon, width } = data;
  for (let step = horizon; step >= 1; step -= 1) {
    let next = seen[step - 1]!;
    for (; next < past.length; next += 1) {
      const window = past[next]!;
      if (window.origin + step > row) break;
      for (let target = 0; target < width; target += 1) {
        const actual = data.actual(series, window.origin + step, target);
        if (Number.isNaN(actual)) continue;
        follow(tracked, learning, { window, cell: (step - 1) * width + target, actual });
      }
    }
    seen[step - 1] = next;
  }
  // The farthest step is known last.
  for (let done = seen[horizon - 1]! - 1; done >= 0 && past[done] !== undefined; done -= 1)
    past[done] = undefined;
}

interface Learnt {
  readonly window: Forecast;
  readonly cell: number;
  readonly actual: number;
}

/** Moves the levels of one cell after its truth. */
function follow(
  { moves, recent }: Tracked,
  { data, series, levels, spread }: Learning,
  { window, cell, actual }: Learnt,
): void {
  const errors = recent[cell]!;
  errors.add((actual - window.forecasts[cell]!) / data.scales[series]![cell % data.width]!);
  const rate = RATE * (errors.spread(levels[0]!, levels.at(-1)!) ?? spread[cell]!);
  for (const [level, share] of levels.entries()) {
    const isAbove = actual > window.values[level]![cell]!;
    moves[level]![cell]! += rate * (isAbove ? share : share - 1);
  }
}
