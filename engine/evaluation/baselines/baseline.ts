// The interface of a baseline: a forecast that is not trained by gradient descent, scored exactly as the model is. Each baseline
// is one file beside this one and a line in registry.ts.

import type { Evaluation } from '../../contract/experiment/experiment.ts';
import type { BaselineInfo } from '../../contract/runs/catalogue.ts';
import type { ForecastTask } from '../../contract/tasks/forecast.ts';
import type { PreparedForecast } from '../../data/prepared.ts';

/** Fills [horizon, targets] from `start` on, original units, for the origin at that row of that series. Reads rows up to the origin only. */
export type Fill = (series: number, origin: number, out: Float64Array, start: number) => void;

/** What a baseline sees of an experiment. */
export interface BaselineOptions {
  readonly task: Pick<ForecastTask, 'stride'>;
  readonly evaluation: Pick<Evaluation, 'season'>;
}

type BaselineData = Pick<PreparedForecast, 'series' | 'targetNames' | 'windows' | 'lookback' | 'horizon'>;

export type { BaselineData };

export interface Baseline extends BaselineInfo {
  /** What was chosen for it, in words that tell two of its kind apart: `season 7`; null where nothing can be chosen. */
  options(experiment: Pick<BaselineOptions, 'evaluation'>): string | null;
  /** Why these data do not allow it, as a clause: `the rows of x suggest no season`; null where they do. Cheap. */
  missing(data: BaselineData, experiment: BaselineOptions): string | null;
  /** Estimates what it needs from the training part. Only where nothing is `missing`. */
  fit(data: BaselineData, experiment: BaselineOptions): Fill;
}

/** By target: [rows] the last known value at or before each row; the training mean before the first one. */
export function lastKnownValues({ actuals, trainMean }: BaselineData['series'][number]): Float64Array[] {
  return actuals.map((values, target) => {
    let last = trainMean[target]!;
    return values.map((value) => {
      if (!Number.isNaN(value)) last = value;
      return last;
    });
  });
}

/** The last known value, and `step(series, target)` more at each step. */
export function fillWithSteps(
  { series, horizon }: BaselineData,
  step: (series: number, target: number) => number,
): Fill {
  const lasts = series.map(lastKnownValues);
  const steps = series.map(({ actuals }, index) => actuals.map((_, target) => step(index, target)));
  return (index, origin, out, start) => {
    const width = lasts[index]!.length;
    for (let target = 0; target < width; target += 1) {
      const last = lasts[index]![target]![origin]!;
      const change = steps[index]![target]!;
      for (let ahead = 1; ahead <= horizon; ahead += 1) {
        out[start + (ahead - 1) * width + target] = last + ahead * change;
      }
    }
  };
}
