// The job `forecast-exported`: an exported model forecasts what comes after the last rows of new data, computed by stock
// TensorFlow.js.
import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { selectBackend } from '../../../backends/select.ts';
import { HindcastError } from '../../../contract/errors.ts';
import { ForecastFrame } from '../../../contract/forecast.ts';
import type { ExportedForecastJob, Jobs } from '../../../contract/processes/jobs.ts';
import { asForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import { openLayersModel } from '../../../export/tfjs/artifacts.ts';
import { type Card, parseCard } from '../../../export/tfjs/card.ts';
import type { Sequence } from '../../../models/sequence.ts';
import { onNewData, prepareFuture } from '../../../tasks/forecast/future.ts';
import { forecastFrame, futureSubject, MOST_ROWS } from '../../../tasks/forecast/predictions.ts';
import { validationBatchSize } from '../../../tasks/forecast/training.ts';
import type { Job } from './job.ts';

export const exportedForecastJob: Job<Jobs['forecast-exported']> = {
  run: forecastExported,
};

/** @throws HindcastError for data that does not suit it and for files that are no such model. */
export async function forecastExported(job: ExportedForecastJob): Promise<Uint8Array> {
  const card = parseCard(job.card);
  const { experiment, fitted, units, stepsBefore } = card;
  requireRoomFor(card, job.series.length);
  const ownSteps = units === 'data' ? firstSteps(fitted, stepsBefore.length) : fitted;
  const subject = futureSubject(
    prepareFuture(onNewData(asForecastExperiment(experiment)), ownSteps, job.series),
  );
  await selectBackend('cpu', { allowFallback: false, threads: 1 });
  const loaded = await openLayersModel({ json: job.files.json, weights: new Uint8Array(job.files.weights) });
  requireSameShapes(card, loaded);
  const predict = ({ x }: Sequence) => loaded.predict(x) as tf.Tensor3D;
  const size = validationBatchSize(1);
  const weight = () => {
    throw new HindcastError('internal', 'An exported model keeps its weights to itself.');
  };
  try {
    const frame = forecastFrame(subject, 'future', { model: { predict }, weight, size });
    requireFinite(frame);
    return ForecastFrame.encode(frame);
  } finally {
    loaded.dispose();
  }
}

/** Before any table of that size is made. */
function requireRoomFor({ output }: Card, series: number): void {
  const [horizon = 0, targets = 0] = output.shape;
  const rows = horizon * targets * series;
  if (rows > MOST_ROWS) {
    const message = `Forecasts of ${count(horizon)} steps for ${count(series)} series are ${count(rows)} rows, more than the ${count(MOST_ROWS)} that fit in one answer; give fewer series, or a model with a shorter horizon.`;
    throw new HindcastError('invalid-input', message, { details: { rows, mostRows: MOST_ROWS } });
  }
}

/** @throws HindcastError `file-unreadable` where the graph takes or gives something else than its card says. */
function requireSameShapes({ input, output }: Card, model: LayersModel): void {
  const takes = sizesOf(model.inputs[0]);
  const gives = sizesOf(model.outputs[0]);
  if (String(takes) === String(input.shape) && String(gives) === String(output.shape)) return;
  model.dispose();
  const message = `Card and graph of the model disagree: the card says ${input.shape.join(' x ')} to ${output.shape.join(' x ')}, the graph ${takes.join(' x ')} to ${gives.join(' x ')}; give the folder of one export, as it was written.`;
  throw new HindcastError('file-unreadable', message);
}

const sizesOf = (tensor: { readonly shape: readonly (number | null)[] } | undefined): (number | null)[] =>
  tensor?.shape.slice(1) ?? [];

/** @throws HindcastError `file-unreadable` where the model makes no numbers at all. */
function requireFinite({ columns }: { readonly columns: { readonly forecast: Float64Array } }): void {
  const { forecast } = columns;
  if (forecast.length === 0 || forecast.some((value) => Number.isFinite(value))) return;
  throw new HindcastError(
    'file-unreadable',
    'The model makes no finite forecast of this data: its graph or weights were changed, or the data holds no numbers where it needs them.',
  );
}

const count = (value: number): string => value.toLocaleString('en-US');

/** A fitted pipeline without the steps that the graph itself does. */
function firstSteps(fitted: unknown, count: number): unknown {
  const pipeline = fitted as { readonly steps: readonly unknown[] };
  return { ...pipeline, steps: pipeline.steps.slice(0, count) };
}
