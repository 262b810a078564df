// What both jobs on a dataset begin with: the series that the experiment uses, and the model for them.
import { HindcastError } from '../../contract/errors.ts';
import type { Experiment } from '../../contract/experiment.ts';
import { columnsNeeded } from '../../data/prepare.ts';
import type { Series, SeriesSource } from '../../data/series.ts';
import { createForecastModel, type ForecastModel, type ForecastShape } from '../../models/forecast-model.ts';
import type { ForecastData } from '../../training/forecast-pass.ts';

export interface ClosableSource extends SeriesSource {
  close(): void;
}

export type OpenSource = (workspacePath: string, datasetVersionId: number) => Promise<ClosableSource>;

export interface DatasetJob {
  readonly workspacePath: string;
  readonly datasetVersionId: number;
  readonly experiment: Experiment;
}

/** Reads the columns and series of the experiment; the workspace is closed again when it returns. */
export async function readSeries(
  { workspacePath, datasetVersionId, experiment }: DatasetJob,
  openSource: OpenSource,
): Promise<{ readonly series: readonly Series[]; readonly datasetName: string }> {
  const source = await openSource(workspacePath, datasetVersionId);
  try {
    const { series: names } = experiment.task;
    const columns = columnsNeeded(experiment);
    const series = await source.read(names ? { columns, series: names } : { columns });
    return { series, datasetName: source.datasetName };
  } finally {
    source.close();
  }
}

/** @throws HindcastError `invalid-input` for a model whose options do not go together, or not with the data. */
export function modelFor(experiment: Experiment, data: ForecastData): ForecastModel {
  const { model } = experiment;
  const { inputNames, targetNames } = data;
  if ('channelIndependent' in model && model.channelIndependent) requireSameColumns(inputNames, targetNames);
  return createForecastModel(model, shapeFor(experiment, data));
}

export function shapeFor({ task }: Experiment, data: ForecastData): ForecastShape {
  return {
    probabilities: task.loss === 'cross-entropy',
    inputs: data.inputNames.length,
    lookback: data.lookback,
    horizon: data.horizon,
    targets: data.targetNames.length,
  };
}

function requireSameColumns(inputs: readonly string[], targets: readonly string[]): void {
  if (inputs.length === targets.length && inputs.every((name, index) => name === targets[index])) return;
  const message = `A channel-independent model forecasts each column from itself, but the inputs are ${inputs.join(', ')} and the targets ${targets.join(', ')}; leave task.features out, or set model.channelIndependent to false.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'model.channelIndependent' } });
}
