// A trained forecasting model as files that stock TensorFlow.js loads, checked against our own forecasts.
import * as tf from '@tensorflow/tfjs-core';
import { selectBackend } from '../../../backends/select.ts';
import type { ExportedFile } from '../../../contract/processes/jobs/export.ts';
import type { CardIntervals } from '../../../contract/runs/export.ts';
import type { ForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import type { PreparedForecast } from '../../../data/prepared.ts';
import { exportTfjs } from '../../../export/tfjs/export-tfjs.ts';
import { modelFiles } from '../../../export/tfjs/files.ts';
import { allOf, type CheckedWindows, windowsToCheck } from '../../../export/tfjs/verification.ts';
import type { ForecastModel } from '../../../models/forecast-model.ts';
import { createParameterSet, type NamedArray } from '../../../models/parameters.ts';
import { HEAD } from '../../../models/writers/writer.ts';
import { decodeWeights } from '../../../training/weights.ts';
import type { ModelExport } from '../../task-kind.ts';
import { movesAhead } from '../ahead/future-intervals.ts';
import type { OpenForecast } from '../open-forecast.ts';
import { modelFor, shapeFor } from '../training/model.ts';
import { inputTensor } from '../training/pass.ts';

/** @throws HindcastError for damaged weights, and for a model that does not hold its forecasts. */
export async function exportForecastModel(
  { experiment, prepared, prepareWith }: OpenForecast,
  { trained, about, threads }: ModelExport,
): Promise<ExportedFile[]> {
  const model = modelFor(experiment, prepared);
  const weights = decodeWeights(trained.weights);
  const windows = windowsToCheck(prepared.windows);
  await selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads });
  const forecasts = forecastWindows(prepared, model, weights, windows);
  const intervals = intervalsOf(experiment, prepared, { model, weights });
  await selectBackend('cpu', { allowFallback: false, threads });
  const shape = { ...shapeFor(experiment, prepared), head: null };
  const { fitted } = trained;
  const kept = { weights: pointWeights(weights, model), windows };
  const source = { experiment, prepareWith, prepared, fitted, shape, ...kept, forecasts, intervals };
  return modelFiles(source, await exportTfjs(source), about);
}

/** A graph has the forecast alone: of a head's numbers for each cell, the one that it is. */
function pointWeights(weights: readonly NamedArray[], { head }: ForecastModel): readonly NamedArray[] {
  if (head === null) return weights;
  return weights.map((array) => {
    if (!array.name.startsWith(`${HEAD}/`)) return array;
    const last = array.shape.at(-1)! / head.width;
    const isPoint = (_value: number, index: number) => index % head.width === head.point;
    return { ...array, shape: [...array.shape.slice(0, -1), last], values: array.values.filter(isPoint) };
  });
}

/** Those of a head are around its own quantiles, which the graph lacks. */
function intervalsOf(
  experiment: ForecastExperiment,
  prepared: PreparedForecast,
  { model, weights }: { readonly model: ForecastModel; readonly weights: readonly NamedArray[] },
): CardIntervals | null {
  if (model.head !== null) return null;
  const parameters = createParameterSet(model.specs, weights);
  try {
    return movesAhead({ experiment, prepared, model, weight: parameters.weight });
  } finally {
    parameters.dispose();
  }
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
    model.predict({ x: inputTensor(prepared, batch, windows.count) }, parameters.weight),
  );
  const values = forecast.dataSync().slice() as Float32Array;
  forecast.dispose();
  parameters.dispose();
  return values;
}
