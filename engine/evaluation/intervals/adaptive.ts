// Adaptive conformal intervals (Gibbs and Candès 2021, in the form of quantile tracking of Angelopoulos, Candès and Tibshirani 2023):
// each series, step, target and level has a move of its own, which begins with that of the calibration. When the truth of a forecast
// becomes known, the move of a level a rises by rate * a where the truth lay above, and falls by rate * (1 - a) where it did not. In
// the long run a share a of the truths lies below, whatever the series does. A forecast knows truths up to its origin only.
import type { Quantiles } from '../score-keeper.ts';
import { emptyQuantiles, type IntervalData, type IntervalMethod, move } from './interval-method.ts';

/** Of the distance between the outermost moves of the calibration, a step of the tracking. */
const RATE = 0.05;

export const adaptive: IntervalMethod = {
  label: 'adaptive conformal',
  isSequential: true,
  holdsBack: true,
  create(data, { levels, moves }) {
    const { set, horizon, width, scales } = data;
    const cells = horizon * width;
    const rates = Float64Array.from(moves[0]!, (low, at) => RATE * Math.max(0, moves.at(-1)![at]! - low));
    const bySeries = new Map<number, Tracked>();
    const trackedOf = (series: number): Tracked => {
      let tracked = bySeries.get(series);
      if (!tracked) {
        tracked = { moves: moves.map((one) => one.slice()), seen: new Int32Array(horizon), past: [] };
        bySeries.set(series, tracked);
      }
      return tracked;
    };
    const learnUpTo = (series: number, row: number) =>
      learn(trackedOf(series), { data, series, row, levels, rates });
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
          tracked.past.push({ origin, values: out.map((level) => level.slice(start, start + cells)) });
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

interface Tracked {
  readonly moves: readonly Float64Array[];
  /** [horizon] windows whose truth at that step was learnt from. */
  readonly seen: Int32Array;
  /** Windows forecast so far, in order; undefined once all their truths are learnt from. */
  readonly past: ({ readonly origin: number; readonly values: Quantiles } | undefined)[];
}

interface Learning {
  readonly data: IntervalData;
  readonly series: number;
  /** The last one that is known. */
  readonly row: number;
  readonly levels: readonly number[];
  readonly rates: Float64Array;
}

/** Takes in every truth up to that row that was forecast. */
function learn({ moves, seen, past }: Tracked, { data, series, row, levels, rates }: Learning): void {
  const { horizon, width } = data;
  for (let step = horizon; step >= 1; step -= 1) {
    let next = seen[step - 1]!;
    for (; next < past.length; next += 1) {
      const window = past[next]!;
      if (window.origin + step > row) break;
      for (let target = 0; target < width; target += 1) {
        const actual = data.actual(series, window.origin + step, target);
        if (Number.isNaN(actual)) continue;
        const cell = (step - 1) * width + target;
        for (const [level, share] of levels.entries()) {
          const isAbove = actual > window.values[level]![cell]!;
          moves[level]![cell]! += rates[cell]! * (isAbove ? share : share - 1);
        }
      }
    }
    seen[step - 1] = next;
  }
  // The farthest step is known last.
  for (let done = seen[horizon - 1]! - 1; done >= 0 && past[done] !== undefined; done -= 1)
    past[done] = undefined;
}
