// The job `forecast`: forecasts of a trained model as one frame, with the true values beside them where they are known.

import type * as tf from '@tensorflow/tfjs-core';
import { selectBackend } from '../../backends/select.ts';
import { HindcastError } from '../../contract/errors.ts';
import type { Experiment } from '../../contract/experiment.ts';
import type { ForecastFrame } from '../../contract/forecast.ts';
import type { ToTrainer } from '../../contract/processes/trainer.ts';
import { prepareFuture } from '../../data/future.ts';
import { prepareForecast } from '../../data/prepare.ts';
import { openLayersModel } from '../../export/tfjs/artifacts.ts';
import { parseCard } from '../../export/tfjs/card.ts';
import { createParameterSet } from '../../models/parameters.ts';
import { modelFor } from '../../training/experiment-model.ts';
import { type ForecastPass, forecastBatches } from '../../training/forecast-pass.ts';
import { validationBatchSize } from '../../training/task-forecast.ts';
import { decodeWeights } from '../../training/weights.ts';
import { type OpenSource, readSeries } from './prepare-job.ts';

type ForecastJob = Extract<ToTrainer, { type: 'forecast' }>;
type ExportedForecastJob = Extract<ToTrainer, { type: 'forecast-exported' }>;

/** Rows of one frame: 44 bytes each, so that it stays below what a message between processes can hold. */
const MOST_ROWS = 12_000_000;

/** Windows to forecast, with the times and true values that the frame shows. */
interface Subject extends Pick<ForecastPass, 'data' | 'set'> {
  readonly seriesNames: readonly string[];
  readonly notes?: readonly string[];
  originTime(window: number): bigint;
  /** `step` from 1. */
  time(window: number, step: number): bigint;
  actual(window: number, step: number, target: number): number;
}

/** @throws HindcastError for data that does not suit the experiment, for damaged weights, and for more rows than a frame can hold. */
export async function runForecastJob(job: ForecastJob, openSource: OpenSource): Promise<ForecastFrame> {
  const { threads } = job;
  const experiment = job.series ? onNewData(job.experiment) : job.experiment;
  const { series, datasetName } = job.series
    ? { series: job.series, datasetName: experiment.dataset.name }
    : await readSeries(job, openSource);
  const subject =
    job.part === 'future'
      ? futureSubject(prepareFuture(experiment, job.model.fitted, series))
      : partSubject(prepareForecast(experiment, series, datasetName), job.part);
  requireRoom(subject);
  const model = modelFor(experiment, subject.data);
  await selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads });
  const parameters = createParameterSet(model.specs, decodeWeights(job.model.weights));
  try {
    const size = validationBatchSize(experiment.training.batchSize);
    const { data, set } = subject;
    return fillFrame(subject, job.part, { data, set, model, weight: parameters.weight, size });
  } finally {
    parameters.dispose();
  }
}

/** So that messages do not blame the dataset. */
function onNewData(experiment: Experiment): Experiment {
  return { ...experiment, dataset: { ...experiment.dataset, name: 'The new data' } };
}

/**
 * Forecasts of an exported model, by stock TensorFlow.js, after the last rows of new data.
 * @throws HindcastError for data that does not suit it and for files that are no such model.
 */
export async function runExportedForecastJob(job: ExportedForecastJob): Promise<ForecastFrame> {
  const { experiment, fitted, units, stepsBefore } = parseCard(job.card);
  const subject = futureSubject(
    prepareFuture(
      onNewData(experiment),
      units === 'data' ? firstSteps(fitted, stepsBefore.length) : fitted,
      job.series,
    ),
  );
  await selectBackend('cpu', { allowFallback: false, threads: 1 });
  const loaded = await openLayersModel({ json: job.files.json, weights: new Uint8Array(job.files.weights) });
  const predict = (inputs: tf.Tensor3D) => loaded.predict(inputs) as tf.Tensor3D;
  const size = validationBatchSize(1);
  const weight = () => {
    throw new HindcastError('internal', 'An exported model keeps its weights to itself.');
  };
  return fillFrame(subject, 'future', {
    data: subject.data,
    set: subject.set,
    model: { predict },
    weight,
    size,
  });
}

/** A fitted pipeline without the steps that the graph itself does. */
function firstSteps(fitted: unknown, count: number): unknown {
  const pipeline = fitted as { readonly steps: readonly unknown[] };
  return { ...pipeline, steps: pipeline.steps.slice(0, count) };
}

function futureSubject(future: ReturnType<typeof prepareFuture>): Subject {
  const { windows, seriesNames, notes, originTimes, times, horizon } = future;
  return {
    data: future,
    set: windows,
    seriesNames,
    notes,
    originTime: (window) => originTimes[window]!,
    time: (window, step) => times[window * horizon + step - 1]!,
    actual: () => Number.NaN,
  };
}

function partSubject(prepared: ReturnType<typeof prepareForecast>, part: 'test' | 'validation'): Subject {
  const set = prepared.windows[part];
  const seriesOf = (window: number) => prepared.series[set.series[window]!]!;
  return {
    data: prepared,
    set,
    seriesNames: prepared.series.map(({ name }) => name),
    originTime: (window) => seriesOf(window).times[set.origin[window]!]!,
    time: (window, step) => seriesOf(window).times[set.origin[window]! + step]!,
    actual: (window, step, target) => seriesOf(window).actuals[target]![set.origin[window]! + step]!,
  };
}

function rowsOf({ data, set }: Subject): number {
  return set.count * data.horizon * data.targetNames.length;
}

function requireRoom(subject: Subject): void {
  const rows = rowsOf(subject);
  if (rows <= MOST_ROWS) return;
  throw new HindcastError(
    'invalid-input',
    `Forecasts from every origin of that part are ${rows.toLocaleString('en-US')} rows, more than the ${MOST_ROWS.toLocaleString('en-US')} that fit in one answer; ask for the future, or for a part with fewer rows.`,
    { details: { rows, mostRows: MOST_ROWS } },
  );
}

function fillFrame(subject: Subject, part: ForecastJob['part'], pass: ForecastPass): ForecastFrame {
  const { data, set, seriesNames } = subject;
  const { targetNames, horizon } = data;
  const columns = createColumns(rowsOf(subject));
  let row = 0;
  for (const { indices, forecasts } of forecastBatches(pass)) {
    const original = data.toOriginal(set, indices, forecasts); // [indices.length, horizon, targets]
    let cell = 0;
    for (const window of indices) {
      const origin = subject.originTime(window);
      for (let step = 1; step <= horizon; step++) {
        const time = subject.time(window, step);
        for (let target = 0; target < targetNames.length; target++, row++, cell++) {
          columns.series[row] = set.series[window]!;
          columns.origin[row] = origin;
          columns.time[row] = time;
          columns.step[row] = step;
          columns.target[row] = target;
          columns.forecast[row] = original[cell]!;
          columns.actual[row] = subject.actual(window, step, target);
        }
      }
    }
  }
  const { notes = [] } = subject;
  return { header: { runId: 0, part, series: seriesNames, targets: targetNames, notes }, columns };
}

function createColumns(rows: number): ForecastFrame['columns'] {
  return {
    series: new Int32Array(rows),
    origin: new BigInt64Array(rows),
    time: new BigInt64Array(rows),
    step: new Int32Array(rows),
    target: new Int32Array(rows),
    forecast: new Float64Array(rows),
    actual: new Float64Array(rows),
  };
}
