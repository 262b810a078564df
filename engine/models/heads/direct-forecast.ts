// Direct multi-step head: one linear map from the encoding to every step of every target at once, so that no forecast is
// fed back as an input.
import * as tf from '@tensorflow/tfjs-core';
import { linear } from '../../ops/linear.ts';
import { denseSpecs } from '../dense.ts';
import type { ParameterSpec, WeightLookup } from '../parameters.ts';

export interface DirectForecastHead {
  readonly specs: readonly ParameterSpec[];
  /** [batch, units] -> [batch, horizon, targets] */
  apply(encoding: tf.Tensor2D, weight: WeightLookup): tf.Tensor3D;
}

export interface HeadShape {
  readonly units: number;
  readonly horizon: number;
  readonly targets: number;
  readonly bias: boolean;
}

export function createDirectForecastHead({ units, horizon, targets, bias }: HeadShape): DirectForecastHead {
  return {
    specs: denseSpecs('head', units, horizon * targets, bias),
    apply(encoding, weight) {
      const answer = linear(encoding, {
        kernel: weight<tf.Tensor2D>('head/kernel'),
        bias: bias ? weight<tf.Tensor1D>('head/bias') : undefined,
      }); // [batch, horizon * targets]
      return tf.reshape(answer, [-1, horizon, targets]);
    },
  };
}
