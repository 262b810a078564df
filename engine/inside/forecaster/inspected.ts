// A forecasting model opened to be looked into: its data, its weights on the backend, and what it is made of.

import type { ForecastExperiment } from '../../contract/tasks/forecast-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { PreparedForecast } from '../../data/prepared.ts';
import type { ForecastModel } from '../../models/forecast-model.ts';
import { createParameterSet, type NamedArray, type ParameterSet } from '../../models/parameters.ts';
import { modelFor } from '../../tasks/forecast/training/model.ts';
import { type Anatomy, anatomyOf } from '../anatomy.ts';

/** Data and model of a run, whatever its weights. */
export interface OpenedModel {
  readonly experiment: ForecastExperiment;
  readonly prepared: PreparedForecast;
  readonly model: ForecastModel;
  readonly anatomy: Anatomy;
}

export interface Inspected extends OpenedModel {
  /** Values of every parameter. */
  readonly arrays: ReadonlyMap<string, NamedArray>;
  readonly parameters: ParameterSet;
}

export function openModel(experiment: ForecastExperiment, prepared: PreparedForecast): OpenedModel {
  const { lookback, horizon, inputNames } = prepared;
  const size = { inputs: inputNames.length, lookback, horizon };
  return {
    experiment,
    prepared,
    model: modelFor(experiment, prepared),
    anatomy: anatomyOf(experiment.model, size),
  };
}

/** The weights become tensors of the current backend. @throws HindcastError `invalid-input` for weights of another model. */
export function withWeights(opened: OpenedModel, arrays: readonly NamedArray[]): Inspected {
  return {
    ...opened,
    arrays: new Map(arrays.map((array) => [array.name, array])),
    parameters: createParameterSet(opened.model.specs, arrays),
  };
}

/** @throws HindcastError `internal` */
export function arrayOf({ arrays }: Pick<Inspected, 'arrays'>, name: string): NamedArray {
  const found = arrays.get(name);
  if (found) return found;
  throw new HindcastError('internal', `The model has no parameter ${name}.`);
}
