// What every architecture of a forecasting model gives: its parameters and the answer to a window.
import type * as tf from '@tensorflow/tfjs-core';
import type { Pass } from './encoder.ts';
import type { ParameterSpec, WeightLookup } from './parameters.ts';

export interface ForecastShape {
  readonly inputs: number;
  readonly lookback: number;
  readonly horizon: number;
  readonly targets: number;
  /** The targets are classes: softmax over them makes the answer probabilities. Default: false. */
  readonly probabilities?: boolean | undefined;
}

export interface ForecastCore {
  readonly specs: readonly ParameterSpec[];
  /** Floats that one training step keeps for the backward pass. */
  activationFloats(batch: number): number;
  /** [batch, lookback, inputs] -> [batch, horizon, targets], model units; differentiable in the weights. */
  predict(inputs: tf.Tensor3D, weight: WeightLookup, pass: Pass): tf.Tensor3D;
}
