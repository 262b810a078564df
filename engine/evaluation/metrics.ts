// Scores of forecasts on one part: mean absolute, mean squared and root mean squared error over windows x steps x
// targets, without the cells whose true value is missing.
//
// Errors are taken in original units. In the unit `standardized` each is divided by the standard deviation of the known
// training rows of its series and target, which is the error of the values scaled by mean and standard deviation.
// The mean over all targets weighs every known cell alike.
import { HindcastError } from '../contract/errors.ts';
import type { Evaluation } from '../contract/experiment.ts';
import type { MetricName } from '../contract/metrics.ts';
import type { Score } from '../contract/run.ts';
import type { ForecastTask } from '../contract/tasks/forecast.ts';
import { createSums, type Sums } from '../data/pipeline/sums.ts';
import type { Part, PreparedForecast } from '../data/prepared.ts';
import { scoredWindows } from '../data/windows.ts';

export type ScoredPart = Exclude<Part, 'train'>;

/** Errors over all targets at one step after the origin (from 1); NaN where no cell is known. */
export interface HorizonError {
  readonly step: number;
  readonly mae: number;
  readonly mse: number;
  readonly rmse: number;
  readonly count: number;
}

export interface ScoreKeeper {
  /** Windows that are scored: those of the part, less a last partial batch that is to be dropped. */
  readonly windows: number;
  /**
   * Takes in forecasts of the windows with these indices: [indices.length, horizon, targets], original units. Each window
   * is added once; windows that are not scored are passed over. The order of the windows decides the last bit of a score.
   */
  add(indices: ArrayLike<number>, originalForecasts: Float64Array): void;
  /** Each metric over all targets (target null) and, where there are several, for each target. */
  finish(subject: string): Score[];
  /** [horizon] */
  byHorizon(): HorizonError[];
}

/** Counts errors of forecasts for `part` of the prepared data. */
export function createScoreKeeper(
  prepared: PreparedForecast,
  part: ScoredPart,
  evaluation: Evaluation,
  task: Pick<ForecastTask, 'metrics'>,
): ScoreKeeper {
  const { horizon, targetNames, series } = prepared;
  const set = prepared.windows[part];
  const windows = scoredWindows(set, evaluation);
  const width = targetNames.length;
  const cells = horizon * width;
  // One sum for each step and target: [horizon, targets].
  const totals: Totals = {
    absolute: createSums(cells),
    squared: createSums(cells),
    counts: new Float64Array(cells),
  };

  function add(indices: ArrayLike<number>, originalForecasts: Float64Array): void {
    if (originalForecasts.length < indices.length * cells) {
      const message = `${originalForecasts.length} forecasts are too few for ${indices.length} windows of ${cells} cells.`;
      throw new HindcastError('internal', message);
    }
    for (let place = 0; place < indices.length; place += 1) {
      const index = indices[place]!;
      if (index < windows) addWindow(index, originalForecasts, place * cells);
    }
  }

  function addWindow(index: number, forecasts: Float64Array, start: number): void {
    const { actuals, trainStd } = series[set.series[index]!]!;
    const first = set.origin[index]! + 1;
    for (let target = 0; target < width; target += 1) {
      const values = actuals[target]!;
      const unit = evaluation.scale === 'standardized' ? trainStd[target]! : 1;
      for (let step = 0; step < horizon; step += 1) {
        const actual = values[first + step]!;
        if (Number.isNaN(actual)) continue;
        const cell = step * width + target;
        const error = (forecasts[start + cell]! - actual) / unit;
        totals.absolute.add(cell, Math.abs(error));
        totals.squared.add(cell, error * error);
        totals.counts[cell]! += 1;
      }
    }
  }

  function finish(subject: string): Score[] {
    const rows: (string | null)[] = width > 1 ? [null, ...targetNames] : [null];
    const unit = evaluation.scale;
    return task.metrics.flatMap((metric) =>
      rows.map((target, row) => {
        const chosen = range(cells).filter((cell) => target === null || cell % width === row - 1);
        const errors = meanErrors(totals, chosen);
        return { part, subject, metric, unit, target, value: errors[metric], count: errors.count };
      }),
    );
  }

  function byHorizon(): HorizonError[] {
    return range(horizon).map((step) => ({
      step: step + 1,
      ...meanErrors(
        totals,
        range(width).map((target) => step * width + target),
      ),
    }));
  }

  return { windows, add, finish, byHorizon };
}

interface Totals {
  readonly absolute: Sums;
  readonly squared: Sums;
  readonly counts: Float64Array;
}

/** Errors over some cells of [horizon, targets]; NaN where none of them is known. */
function meanErrors(totals: Totals, cells: readonly number[]): Record<MetricName | 'count', number> {
  const sums = createSums(2);
  let count = 0;
  for (const cell of cells) {
    sums.add(0, totals.absolute.total(cell));
    sums.add(1, totals.squared.total(cell));
    count += totals.counts[cell]!;
  }
  const mse = sums.total(1) / count;
  return { mae: sums.total(0) / count, mse, rmse: Math.sqrt(mse), count };
}

function range(size: number): number[] {
  return Array.from({ length: size }, (_, index) => index);
}
