// Layer normalisation (Ba et al. 2016) as a parameterised layer: every vector on the last axis gets mean 0 and variance 1,
// then a learned scale and shift.
import * as tf from '@tensorflow/tfjs-core';
import type { ParameterSpec, WeightLookup } from './parameters.ts';

/** As in PyTorch. */
export const NORM_EPSILON = 1e-5;

export function layerNormSpecs(path: string, units: number): ParameterSpec[] {
  return [
    { name: `${path}/gamma`, shape: [units], initialize: () => new Float32Array(units).fill(1) },
    { name: `${path}/beta`, shape: [units], initialize: () => new Float32Array(units) },
  ];
}

/** x [..., units]; the same shape. */
export function layerNorm<T extends tf.Tensor>(x: T, path: string, weight: WeightLookup): T {
  const centered = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centered), -1, true);
  const normal = tf.mul(centered, tf.rsqrt(tf.add(variance, NORM_EPSILON)));
  return tf.add(tf.mul(normal, weight(`${path}/gamma`)), weight(`${path}/beta`)) as T;
}
