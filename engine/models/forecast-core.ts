// What all forecasting models share.
import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { ParameterSpec, WeightLookup } from './parameters.ts';
import type { Pass } from './pass.ts';
import type { Sequence } from './sequence.ts';

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
  /** [batch, lookback, inputs] -> [batch, horizon, targets], model units, before softmax; differentiable in the weights. */
  answer(window: Sequence, weight: WeightLookup, pass: Pass): Tensor3D;
}
