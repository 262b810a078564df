// Softmax over the last axis, y = e^x / sum(e^x), with a compiled gradient.
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backends/simd/backend.ts';
import { softmaxBackward, softmaxForward } from '../backends/simd/kernels/rows-softmax.ts';
import { overrideKernel } from '../backends/simd/register.ts';
import {
  gradientsByPosition,
  hasKernel,
  namedInputs,
  registerFusedGradient,
  runFused,
  track,
} from './fused.ts';

const SOFTMAX_KERNEL = 'HindcastSoftmax';

/** x [..., classes] -> the same shape, rows that sum to 1; differentiable. */
export function softmax<T extends tf.Tensor>(x: T): T {
  return hasKernel(SOFTMAX_KERNEL) ? (runFused(SOFTMAX_KERNEL, { x }, {})[0] as T) : tf.softmax(x);
}

overrideKernel(SOFTMAX_KERNEL, ({ inputs, backend }) =>
  softmaxForward(backend, namedInputs(inputs, ['x']).x!),
);

registerFusedGradient({
  kernelName: SOFTMAX_KERNEL,
  inputsToSave: [],
  outputsToSave: [true],
  gradFunc: (dys, saved) => {
    const dy = dys[0]!;
    return gradientsByPosition(['x'], {
      x: () => track(softmaxBackward(tf.backend() as SimdBackend, saved[0]!, dy)),
    });
  },
});
