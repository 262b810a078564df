// A forecasting model: an architecture and a head, as plain functions over named parameters.
import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { Model } from '../contract/experiment.ts';
import { createDirectForecastHead } from './heads/direct-forecast.ts';
import { countParameters, type ParameterSpec, type WeightLookup } from './parameters.ts';
import { createEncoder } from './registry.ts';

export interface ForecastShape {
  readonly inputs: number;
  readonly lookback: number;
  readonly horizon: number;
  readonly targets: number;
}

export interface ForecastModel {
  readonly specs: readonly ParameterSpec[];
  readonly parameterCount: number;
  /** Floats that one training step keeps for the backward pass. */
  activationFloats(batch: number): number;
  /** [batch, lookback, inputs] -> [batch, horizon, targets], model units; differentiable in the weights. */
  predict(inputs: Tensor3D, weight: WeightLookup): Tensor3D;
}

export function createForecastModel(model: Model, shape: ForecastShape): ForecastModel {
  const encoder = createEncoder(model, shape.inputs);
  const head = createDirectForecastHead(encoder.units, shape.horizon, shape.targets);
  const specs = [...encoder.specs, ...head.specs];
  const answer = shape.horizon * shape.targets;
  return {
    specs,
    parameterCount: countParameters(specs),
    // Forecast, target, mask, error and their gradients beside the encoder's share.
    activationFloats: (batch) => encoder.activationFloats(batch, shape.lookback) + 6 * batch * answer,
    predict: (inputs, weight) => head.apply(encoder.encode(inputs, weight), weight),
  };
}
