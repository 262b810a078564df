// Logarithm of softmax over the last axis, y = x - log(sum(e^x)), with a compiled gradient.
import * as tf from '@tensorflow/tfjs-core';
import { logSoftmaxBackward, logSoftmaxForward } from '../backends/simd/kernels/rows-softmax.ts';
import { defineOp } from './define-op.ts';

const logSoftmaxOp = defineOp<{ readonly x: tf.TensorInfo }, object>({
  kernelName: 'HindcastLogSoftmax',
  inputsToSave: [],
  outputsToSave: [true],
  forward: ({ backend, inputs: { x } }) => logSoftmaxForward(backend, x),
  backward: ({ backend, outputs: [y], incoming: [dy] }) => ({
    x: () => logSoftmaxBackward(backend, y!, dy!),
  }),
});

/** x [..., classes] -> logarithms of the probabilities, of the same shape; differentiable. */
export function logSoftmax<T extends tf.Tensor>(x: T): T {
  return logSoftmaxOp.isAvailable() ? (logSoftmaxOp.run({ x }, {})[0] as T) : tf.logSoftmax(x);
}
