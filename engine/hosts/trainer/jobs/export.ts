// The job `export`: a trained model as files that stock TensorFlow.js loads, checked against our own forecasts.
import * as tf from '@tensorflow/tfjs-core';
import { selectBackend } from '../../../backends/select.ts';
import type { ExportedFile, ExportJob, Jobs } from '../../../contract/processes/jobs.ts';
import {
  asForecastExperiment,
  type ForecastExperiment,
} from '../../../contract/tasks/forecast-experiment.ts';
import type { PreparedForecast } from '../../../data/prepared.ts';
import { exportTfjs } from '../../../export/tfjs/export-tfjs.ts';
import { modelFiles } from '../../../export/tfjs/files.ts';
import { allOf, type CheckedWindows, windowsToCheck } from '../../../export/tfjs/verification.ts';
import type { ForecastModel } from '../../../models/forecast-model.ts';
import { createParameterSet, type NamedArray } from '../../../models/parameters.ts';
import { modelFor, shapeFor } from '../../../tasks/forecast/model.ts';
import { inputTensor } from '../../../tasks/forecast/pass.ts';
import { prepareForecast } from '../../../tasks/forecast/prepare.ts';
import { decodeWeights } from '../../../training/weights.ts';
import { type OpenSource, readTaskData } from '../prepare-job.ts';
import type { Job } from './job.ts';

export const exportJob: Job<Jobs['export']> = {
  run: (input, { openSource }) => exportModel(input, openSource),
};

/** @throws HindcastError for data that does not suit the experiment, damaged weights, and a model that does not hold its forecasts. */
async function exportModel(job: ExportJob, openSource: OpenSource): Promise<ExportedFile[]> {
  const { threads } = job;
  const experiment = asForecastExperiment(job.experiment);
  const { series, name } = await readTaskData(job, openSource);
  const prepareWith = (pipeline: ForecastExperiment['pipeline']) =>
    prepareForecast({ ...experiment, pipeline }, series, name);
  const prepared = prepareWith(experiment.pipeline);
  const model = modelFor(experiment, prepared);
  const weights = decodeWeights(job.model.weights);
  const windows = windowsToCheck(prepared.windows);
  await selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads });
  const forecasts = forecastWindows(prepared, model, weights, windows);
  await selectBackend('cpu', { allowFallback: false, threads });
  const shape = shapeFor(experiment, prepared);
  const { fitted } = job.model;
  const source = { experiment, prepareWith, prepared, fitted, shape, weights, windows, forecasts };
  return modelFiles(source, await exportTfjs(source), job.about);
}

/** [windows, horizon, targets], model units. */
function forecastWindows(
  prepared: PreparedForecast,
  model: ForecastModel,
  weights: readonly NamedArray[],
  windows: CheckedWindows,
): Float32Array {
  const parameters = createParameterSet(model.specs, weights);
  const batch = prepared.createBatch(windows.count);
  prepared.gather(windows, allOf(windows), batch);
  const forecast = tf.tidy(() =>
    model.predict(inputTensor(prepared, batch, windows.count), parameters.weight),
  );
  const values = forecast.dataSync().slice() as Float32Array;
  forecast.dispose();
  parameters.dispose();
  return values;
}
