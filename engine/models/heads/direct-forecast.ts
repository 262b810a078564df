// Direct multi-step head: one linear map from the encoding to every step of every target at once, so that no forecast is
// fed back as an input.
import * as tf from '@tensorflow/tfjs-core';
import { glorotUniform } from '../initializers.ts';
import type { ParameterSpec, WeightLookup } from '../parameters.ts';

export interface DirectForecastHead {
  readonly specs: readonly ParameterSpec[];
  /** [batch, units] -> [batch, horizon, targets] */
  apply(encoding: tf.Tensor2D, weight: WeightLookup): tf.Tensor3D;
}

export function createDirectForecastHead(
  units: number,
  horizon: number,
  targets: number,
): DirectForecastHead {
  const width = horizon * targets;
  return {
    specs: [
      {
        name: 'head/kernel',
        shape: [units, width],
        initialize: (random) => glorotUniform(random, units, width),
      },
      { name: 'head/bias', shape: [width], initialize: () => new Float32Array(width) },
    ],
    apply(encoding, weight) {
      const product = tf.matMul(encoding, weight<tf.Tensor2D>('head/kernel')); // [batch, horizon * targets]
      return tf.reshape(tf.add(product, weight<tf.Tensor1D>('head/bias')), [-1, horizon, targets]);
    },
  };
}
