// The job `forecast-exported`: forecasts of an exported model, by stock TensorFlow.js, after the last rows of new data.
import type * as tf from '@tensorflow/tfjs-core';
import { selectBackend } from '../../../backends/select.ts';
import { HindcastError } from '../../../contract/errors.ts';
import { ForecastFrame } from '../../../contract/forecast.ts';
import type { ExportedForecastJob, Jobs } from '../../../contract/processes/jobs.ts';
import { asForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import { openLayersModel } from '../../../export/tfjs/artifacts.ts';
import { parseCard } from '../../../export/tfjs/card.ts';
import { onNewData, prepareFuture } from '../../../tasks/forecast/future.ts';
import { forecastFrame, futureSubject } from '../../../tasks/forecast/predictions.ts';
import { validationBatchSize } from '../../../tasks/forecast/training.ts';
import type { Job } from './job.ts';

export const exportedForecastJob: Job<Jobs['forecast-exported']> = {
  run: forecastExported,
};

/** @throws HindcastError for data that does not suit it and for files that are no such model. */
export async function forecastExported(job: ExportedForecastJob): Promise<Uint8Array> {
  const { experiment, fitted, units, stepsBefore } = parseCard(job.card);
  const ownSteps = units === 'data' ? firstSteps(fitted, stepsBefore.length) : fitted;
  const subject = futureSubject(
    prepareFuture(onNewData(asForecastExperiment(experiment)), ownSteps, job.series),
  );
  await selectBackend('cpu', { allowFallback: false, threads: 1 });
  const loaded = await openLayersModel({ json: job.files.json, weights: new Uint8Array(job.files.weights) });
  const predict = (inputs: tf.Tensor3D) => loaded.predict(inputs) as tf.Tensor3D;
  const size = validationBatchSize(1);
  const weight = () => {
    throw new HindcastError('internal', 'An exported model keeps its weights to itself.');
  };
  try {
    return ForecastFrame.encode(forecastFrame(subject, 'future', { model: { predict }, weight, size }));
  } finally {
    loaded.dispose();
  }
}

/** A fitted pipeline without the steps that the graph itself does. */
function firstSteps(fitted: unknown, count: number): unknown {
  const pipeline = fitted as { readonly steps: readonly unknown[] };
  return { ...pipeline, steps: pipeline.steps.slice(0, count) };
}
