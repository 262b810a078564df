// Forecasts of what comes after the last rows: one window for each series that is long enough, with its last row as the origin,
// and the times of the steps.

import type { ForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { IDENTITY } from '../../../data/calendar.ts';
import { detectFrequency, timesAfter } from '../../../data/frequency.ts';
import { createGatherer, type Gatherer, type WindowRows } from '../../../data/gather.ts';
import { applyPipeline, restorePipeline } from '../../../data/pipeline/pipeline.ts';
import { headOf } from '../../../data/pipeline/table.ts';
import type { Series } from '../../../data/series.ts';
import { withRowsAhead } from '../preparation/known-ahead.ts';
import { createTables, onGrid } from '../preparation/prepare.ts';
import { chooseSeries } from '../preparation/requirements.ts';
import { leaveOutShort, noteLookback, requireSameKinds } from './suitability.ts';

/** Like a PreparedForecast with a single set of windows, one for each series that is long enough, and no known targets. */
export interface FutureWindows extends Gatherer {
  readonly targetNames: readonly string[];
  readonly lookback: number;
  readonly horizon: number;
  readonly windows: WindowRows & { readonly count: number };
  /** By window, as `windows.series`. */
  readonly seriesNames: readonly string[];
  /** What a user should know: series without a forecast, and of the rows that the forecasts depend on. */
  readonly notes: readonly string[];
  /** [count] microseconds UTC. */
  readonly originTimes: BigInt64Array;
  /** [count, horizon] microseconds UTC, by the frequency of the series. */
  readonly times: BigInt64Array;
}

/**
 * Transforms series with a pipeline fitted before (the `fitted` of a PreparedForecast) and puts a window at each last row. Series
 * shorter than the look-back are left out, with a note.
 * Errors: as prepareForecast, without those about the split; `too-few-rows` where every series is shorter than the look-back;
 * `invalid-input` where a column is of another kind than in training; `not-found` for a series that was not trained on, where the pipeline scales each series on its own.
 */
export function prepareFuture(
  experiment: ForecastExperiment,
  fitted: unknown,
  series: readonly Series[],
): FutureWindows {
  const { task, dataset } = experiment;
  const { lookback, horizon, targets } = task;
  const chosen = chooseSeries(task, series, dataset.name);
  const { steps, inputs } = restorePipeline(fitted);
  const gridded = onGrid(task, chosen);
  const { kept, notes } = leaveOutShort(
    gridded.map((one) => one.series),
    lookback,
  );
  const gapsOf = new Map(gridded.map((one) => [one.series.name, one.gapLength]));
  const known = kept.map((one) => withRowsAhead(task, one));
  const names = inputs
    .filter((input) => input.startsWith(IDENTITY))
    .map((input) => input.slice(IDENTITY.length));
  const whole = known.map((one) => one.series);
  const tables = createTables(task, whole, dataset.name, names).map((table, index) => {
    requireSameKinds(table, inputs);
    const past = headOf(table, known[index]!.origin + 1);
    notes.push(...noteLookback(past, { lookback, inputs, gapLength: gapsOf.get(table.name) ?? null }));
    return applyPipeline(steps, table);
  });
  const originTimes = BigInt64Array.from(known, ({ series: one, origin }) => one.times[origin]!);
  const gatherer = createGatherer({ tables, steps, targets, lookback, horizon });
  requireSameInputs(gatherer.inputNames, inputs);
  const times = new BigInt64Array(tables.length * horizon);
  tables.forEach((table, index) => {
    const { origin } = known[index]!;
    times.set(futureTimes(table.times.subarray(0, origin + 1), horizon), index * horizon);
  });
  return {
    ...gatherer,
    targetNames: targets,
    lookback,
    horizon,
    windows: {
      count: tables.length,
      series: Int32Array.from(tables, (_, index) => index),
      origin: Int32Array.from(known, ({ origin }) => origin),
    },
    seriesNames: tables.map((table) => table.name),
    notes,
    originTimes,
    times,
  };
}

/** So that messages do not blame the dataset. */
export function onNewData(experiment: ForecastExperiment): ForecastExperiment {
  return { ...experiment, dataset: { ...experiment.dataset, name: 'The new data' } };
}

function futureTimes(times: BigInt64Array, horizon: number): BigInt64Array {
  // Known from two rows on; every series that was not left out has them.
  return timesAfter(times.at(-1)!, detectFrequency(times)!, horizon);
}

function requireSameInputs(inputs: readonly string[], trained: readonly string[]): void {
  if (inputs.length === trained.length && inputs.every((name, index) => name === trained[index])) return;
  const message = `The model was trained with the inputs ${trained.join(', ')}, but the data give ${inputs.join(', ')}; use the experiment that it was trained with.`;
  throw new HindcastError('invalid-input', message);
}
