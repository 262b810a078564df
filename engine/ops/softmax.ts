// Softmax over the last axis, y = e^x / sum(e^x), with a compiled gradient.
import * as tf from '@tensorflow/tfjs-core';
import { softmaxBackward, softmaxForward } from '../backends/simd/kernels/rows-softmax.ts';
import { defineOp } from './define-op.ts';

const softmaxOp = defineOp<{ readonly x: tf.TensorInfo }, object>({
  kernelName: 'HindcastSoftmax',
  inputsToSave: [],
  outputsToSave: [true],
  forward: ({ backend, inputs: { x } }) => softmaxForward(backend, x),
  backward: ({ backend, outputs: [y], incoming: [dy] }) => ({ x: () => softmaxBackward(backend, y!, dy!) }),
});

/** x [..., classes] -> the same shape, rows that sum to 1; differentiable. */
export function softmax<T extends tf.Tensor>(x: T): T {
  return softmaxOp.isAvailable() ? (softmaxOp.run({ x }, {})[0] as T) : tf.softmax(x);
}
