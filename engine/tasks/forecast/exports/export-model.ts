// A trained forecasting model as files that stock TensorFlow.js loads, checked against our own forecasts.
import { selectBackend } from '../../../backends/select.ts';
import type { ExportedFile } from '../../../contract/processes/jobs/export.ts';
import type { CardIntervals } from '../../../contract/runs/export.ts';
import { quantileLevels } from '../../../contract/tasks/forecast.ts';
import type { ForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import type { PreparedForecast } from '../../../data/prepared.ts';
import { exportTfjs } from '../../../export/tfjs/export-tfjs.ts';
import { modelFiles } from '../../../export/tfjs/files.ts';
import { type CheckedWindows, windowsToCheck } from '../../../export/tfjs/verification.ts';
import type { ForecastModel } from '../../../models/forecast-model.ts';
import { createParameterSet, type NamedArray } from '../../../models/parameters.ts';
import { decodeWeights } from '../../../training/weights.ts';
import type { ModelExport } from '../../task-kind.ts';
import { movesAhead } from '../ahead/future-intervals.ts';
import type { OpenForecast } from '../open-forecast.ts';
import { modelFor, shapeFor } from '../training/model.ts';
import { forecastBatches } from '../training/pass.ts';

/** @throws HindcastError for damaged weights, and for a model that does not hold its forecasts. */
export async function exportForecastModel(
  { experiment, prepared, prepareWith }: OpenForecast,
  { trained, about, threads }: ModelExport,
): Promise<ExportedFile[]> {
  const model = modelFor(experiment, prepared);
  const weights = decodeWeights(trained.weights);
  const windows = windowsToCheck(prepared.windows);
  await selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads });
  const opened = { experiment, prepared, model, weights };
  const forecasts = forecastWindows(opened, windows);
  const intervals = intervalsOf(opened);
  await selectBackend('cpu', { allowFallback: false, threads });
  const shape = shapeFor(experiment, prepared);
  const levels = model.head === null ? null : quantileLevels(experiment.task);
  const kept = { fitted: trained.fitted, shape, weights, windows, levels };
  const source = { experiment, prepareWith, prepared, ...kept, forecasts, intervals };
  return modelFiles(source, await exportTfjs(source), about);
}

interface OpenModel {
  readonly experiment: ForecastExperiment;
  readonly prepared: PreparedForecast;
  readonly model: ForecastModel;
  readonly weights: readonly NamedArray[];
}

function intervalsOf({ experiment, prepared, model, weights }: OpenModel): CardIntervals | null {
  const parameters = createParameterSet(model.specs, weights);
  try {
    return movesAhead({ experiment, prepared, model, weight: parameters.weight });
  } finally {
    parameters.dispose();
  }
}

/** The forecast, or by level its quantiles: [windows, horizon, targets], model units. */
function forecastWindows(
  { prepared, model, weights }: OpenModel,
  windows: CheckedWindows,
): readonly Float32Array[] {
  const parameters = createParameterSet(model.specs, weights);
  const pass = { data: prepared, set: windows, model, weight: parameters.weight, size: windows.count };
  try {
    const [batch] = [...forecastBatches(pass)];
    return batch!.quantiles ?? [batch!.forecasts.slice()];
  } finally {
    parameters.dispose();
  }
}
