// Summaries of the forecasts of a part: over time for one series and target, by step, by origin and by series. Pure.
import type { SeriesScores, StepErrors, WorstOrigin } from '../../../contract/results/forecast-errors.ts';
import type { ForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import type { PreparedForecast } from '../../../data/prepared.ts';
import { intervalsOfPart } from '../../../evaluation/intervals/of-part.ts';
import type { BaselineForecaster } from '../../../evaluation/score-baselines.ts';
import { createScoreKeeper, type Quantiles } from '../../../evaluation/score-keeper.ts';
import type { ScoredPart } from '../../task-kind.ts';

/** Forecasts of every origin of a part. */
export interface PartForecasts {
  readonly experiment: ForecastExperiment;
  readonly part: ScoredPart;
  readonly prepared: PreparedForecast;
  /** [windows, horizon, targets] original units. */
  readonly values: Float64Array;
  /** Likewise, by level of the task; null: values alone are forecast. */
  readonly quantiles?: Quantiles | null;
  readonly baselines: readonly BaselineForecaster[];
}

/** Windows of one series, in order of their origins, and the target looked at. */
export interface Choice {
  readonly series: number;
  readonly windows: readonly number[];
  readonly target: number;
}

/** Indices of the series that have an origin in the part, each with its windows. */
export function windowsBySeries({ prepared, part }: PartForecasts): Map<number, number[]> {
  const { series, count } = prepared.windows[part];
  const windows = new Map<number, number[]>();
  for (let window = 0; window < count; window += 1) {
    const index = series[window]!;
    const known = windows.get(index);
    if (known) known.push(window);
    else windows.set(index, [window]);
  }
  return windows;
}

export interface OverTime {
  /** [rows] microseconds UTC. */
  readonly times: Float64Array;
  readonly actual: Float64Array;
  /** For each of `steps`, the forecast made that number of steps before; NaN where none was made. */
  readonly forecasts: readonly Float64Array[];
}

/** Every row that was forecast, from the first to the last. */
export function overTime(
  { prepared, part, values }: PartForecasts,
  { series, windows, target }: Choice,
  steps: readonly number[],
): OverTime {
  const { horizon, targetNames } = prepared;
  const { origin } = prepared.windows[part];
  const { times, actuals } = prepared.series[series]!;
  const first = origin[windows[0]!]! + 1;
  const rows = origin[windows.at(-1)!]! + horizon + 1 - first;
  const forecasts = steps.map((step) => {
    const line = new Float64Array(rows).fill(Number.NaN);
    for (const window of windows) {
      const cell = (window * horizon + step - 1) * targetNames.length + target;
      line[origin[window]! + step - first] = values[cell]!;
    }
    return line;
  });
  return {
    times: Float64Array.from(times.subarray(first, first + rows), Number),
    actual: actuals[target]!.slice(first, first + rows),
    forecasts,
  };
}

/** Mean absolute error by steps after the origin, of the model and of the baselines. */
export function errorsByStep(forecasts: PartForecasts, choice: Choice): StepErrors[] {
  return subjectsOf(forecasts, choice.windows).map(({ subject, cellsOf }) => {
    const { horizon, targetNames } = forecasts.prepared;
    const sums = new Float64Array(horizon);
    const counts = new Float64Array(horizon);
    choice.windows.forEach((window, index) => {
      const { data, start } = cellsOf(window, index);
      for (let step = 0; step < horizon; step += 1) {
        const error = Math.abs(
          data[start + step * targetNames.length + choice.target]! -
            actualAt(forecasts, choice, window, step),
        );
        if (Number.isNaN(error)) continue;
        sums[step]! += error;
        counts[step]! += 1;
      }
    });
    return { subject, errors: Array.from(sums, (sum, step) => sum / counts[step]!) };
  });
}

/** How many origins are listed. */
export const MOST_WORST = 5;

/** Origins with the largest mean absolute error; neighbours within a horizon are one event, so only the worst of them is listed. */
export function worstOrigins(forecasts: PartForecasts, choice: Choice, most: number): WorstOrigin[] {
  const { prepared, part, values } = forecasts;
  const { horizon, targetNames } = prepared;
  const { origin } = prepared.windows[part];
  const { times } = prepared.series[choice.series]!;
  const errors = choice.windows.map((window) => {
    let sum = 0;
    let count = 0;
    for (let step = 0; step < horizon; step += 1) {
      const cell = (window * horizon + step) * targetNames.length + choice.target;
      const error = Math.abs(values[cell]! - actualAt(forecasts, choice, window, step));
      if (Number.isNaN(error)) continue;
      sum += error;
      count += 1;
    }
    return { window, error: sum / count };
  });
  const worst: WorstOrigin[] = [];
  for (const { window, error } of errors.toSorted((a, b) => b.error - a.error || a.window - b.window)) {
    if (worst.length === most) break;
    if (Number.isNaN(error)) continue;
    if (worst.some((other) => Math.abs(origin[other.origin]! - origin[window]!) < horizon)) continue;
    worst.push({ origin: window, originUs: Number(times[origin[window]!]), error });
  }
  return worst;
}

/** Scores of the model and of the baselines for each series by itself, as the run's own are computed. */
export function scoresBySeries(forecasts: PartForecasts): SeriesScores[] {
  const { prepared, part, experiment } = forecasts;
  const cells = prepared.horizon * prepared.targetNames.length;
  return [...windowsBySeries(forecasts)].map(([series, windows]) => {
    const scores = subjectsOf(forecasts, windows).flatMap(({ subject, cellsOf, quantiles }) => {
      const keeper = createScoreKeeper(prepared, part, experiment.evaluation, experiment.task);
      windows.forEach((window, index) => {
        const { data, start } = cellsOf(window, index);
        const own = quantiles?.map((level) => level.subarray(start, start + cells)) ?? null;
        keeper.add([window], data.subarray(start, start + cells), own);
      });
      return keeper.finish(subject);
    });
    return { series: prepared.series[series]!.name, origins: windows.length, scores };
  });
}

export interface Subject {
  readonly subject: string;
  /** Laid out as the forecasts, by level. */
  readonly quantiles: Quantiles | null;
  /** The forecast of that window: an array, and where in it the forecast begins. `index`: of the window in the list. */
  cellsOf(window: number, index: number): { readonly data: Float64Array; readonly start: number };
}

/** The model and each baseline with its forecasts of these windows. */
export function subjectsOf(
  { experiment, prepared, part, values, quantiles = null, baselines }: PartForecasts,
  windows: readonly number[],
): Subject[] {
  const { series, origin } = prepared.windows[part];
  const cells = prepared.horizon * prepared.targetNames.length;
  return [
    { subject: 'model', quantiles, cellsOf: (window) => ({ data: values, start: window * cells }) },
    ...baselines.map(({ subject, fill, calibration = null }) => {
      const data = new Float64Array(windows.length * cells);
      windows.forEach((window, index) => {
        fill(series[window]!, origin[window]!, data, index * cells);
      });
      const maker = intervalsOfPart(prepared, part, { task: experiment.task, calibration });
      const own = maker?.of(windows, data, null) ?? null;
      return {
        subject,
        quantiles: own,
        cellsOf: (_window: number, index: number) => ({ data, start: index * cells }),
      };
    }),
  ];
}

function actualAt({ prepared, part }: PartForecasts, choice: Choice, window: number, step: number): number {
  const { origin } = prepared.windows[part];
  return prepared.series[choice.series]!.actuals[choice.target]![origin[window]! + 1 + step]!;
}
