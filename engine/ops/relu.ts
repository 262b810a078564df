// ReLU, y = max(x, 0), with a compiled gradient; NaN passes both ways.
import * as tf from '@tensorflow/tfjs-core';
import { reluGradient } from '../backends/simd/kernels/elementwise.ts';
import { unary } from '../backends/simd/kernels/unary.ts';
import { defineOp } from './define-op.ts';

const reluOp = defineOp<{ readonly x: tf.TensorInfo }, object>({
  kernelName: 'HindcastRelu',
  forward: ({ backend, inputs: { x } }) => unary(backend, 'Relu', x),
  backward: ({ backend, inputs: { x }, incoming: [dy] }) => ({ x: () => reluGradient(backend, x, dy!) }),
});

/** Any shape; differentiable, with the slope 0 at 0. */
export function relu<T extends tf.Tensor>(x: T): T {
  return reluOp.isAvailable() ? (reluOp.run({ x }, {})[0] as T) : tf.relu(x);
}
