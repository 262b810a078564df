// GELU (Hendrycks and Gimpel 2016) in its exact form: y = x (1 + erf(x / sqrt 2)) / 2.
import * as tf from '@tensorflow/tfjs-core';
import { geluForward, geluGradient } from '../backends/simd/kernels/elementwise.ts';
import { defineOp } from './define-op.ts';

const geluOp = defineOp<{ readonly x: tf.TensorInfo }, object>({
  kernelName: 'HindcastGelu',
  forward: ({ backend, inputs: { x } }) => geluForward(backend, x),
  backward: ({ backend, inputs: { x }, incoming: [dy] }) => ({ x: () => geluGradient(backend, x, dy!) }),
});

/** Any shape; differentiable. */
export function gelu<T extends tf.Tensor>(x: T): T {
  return geluOp.isAvailable() ? (geluOp.run({ x }, {})[0] as T) : geluComposed(x);
}

/** From stock ops, for every backend; the reference of the fused op. */
export function geluComposed<T extends tf.Tensor>(x: T): T {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}
