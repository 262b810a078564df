// The model of an experiment for its data: the same for training, forecasts, exports and the check of a draft.

import { ANSWER_OF_LOSS } from '../../../contract/experiment/losses.ts';
import type { ForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import { DEFAULT_QUANTILES } from '../../../contract/tasks/quantiles.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { ForecastShape } from '../../../models/forecast-core.ts';
import { createForecastModel, type ForecastModel } from '../../../models/forecast-model.ts';
import { createHead } from '../../../models/heads/registry.ts';
import type { ForecastData } from './pass.ts';

/** @throws HindcastError `invalid-input` for a model whose options do not go together, or not with the data. */
export function modelFor(experiment: ForecastExperiment, data: ForecastData): ForecastModel {
  const { model } = experiment;
  const { inputNames, targetNames } = data;
  if ('channelIndependent' in model && model.channelIndependent) requireSameColumns(inputNames, targetNames);
  return createForecastModel(model, shapeFor(experiment, data));
}

export function shapeFor({ task }: ForecastExperiment, data: ForecastData): ForecastShape {
  return {
    probabilities: ANSWER_OF_LOSS[task.loss] === 'classes',
    head: createHead(ANSWER_OF_LOSS[task.loss], task.quantiles ?? DEFAULT_QUANTILES),
    startsAtZero: task.firstForecast === 'zero',
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
