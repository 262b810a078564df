// ReLU, y = max(x, 0), with a compiled gradient; NaN passes both ways.
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backends/simd/backend.ts';
import { reluGradient } from '../backends/simd/kernels/elementwise.ts';
import { unary } from '../backends/simd/kernels/unary.ts';
import { overrideKernel } from '../backends/simd/register.ts';
import {
  gradientsByPosition,
  hasKernel,
  namedInputs,
  registerFusedGradient,
  runFused,
  track,
} from './fused.ts';

const RELU_KERNEL = 'HindcastRelu';

/** Any shape; differentiable, with the slope 0 at 0. */
export function relu<T extends tf.Tensor>(x: T): T {
  return hasKernel(RELU_KERNEL) ? (runFused(RELU_KERNEL, { x }, {})[0] as T) : tf.relu(x);
}

overrideKernel(RELU_KERNEL, ({ inputs, backend }) => unary(backend, 'Relu', namedInputs(inputs, ['x']).x!));

registerFusedGradient({
  kernelName: RELU_KERNEL,
  gradFunc: (dys, saved) => {
    const dy = dys[0]!;
    return gradientsByPosition(['x'], {
      x: () => track(reluGradient(tf.backend() as SimdBackend, saved[0]!, dy)),
    });
  },
});
