// GELU (Hendrycks and Gimpel 2016) in its exact form: y = x (1 + erf(x / sqrt 2)) / 2.
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backends/simd/backend.ts';
import { geluForward, geluGradient } from '../backends/simd/kernels/elementwise.ts';
import { overrideKernel } from '../backends/simd/register.ts';
import {
  gradientsByPosition,
  hasKernel,
  namedInputs,
  registerFusedGradient,
  runFused,
  track,
} from './fused.ts';

const GELU_KERNEL = 'HindcastGelu';

/** Any shape; differentiable. */
export function gelu<T extends tf.Tensor>(x: T): T {
  return hasKernel(GELU_KERNEL) ? (runFused(GELU_KERNEL, { x }, {})[0] as T) : geluComposed(x);
}

/** From stock ops, for every backend; the reference of the fused op. */
export function geluComposed<T extends tf.Tensor>(x: T): T {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}

overrideKernel(GELU_KERNEL, ({ inputs, backend }) => geluForward(backend, namedInputs(inputs, ['x']).x!));

registerFusedGradient({
  kernelName: GELU_KERNEL,
  gradFunc: (dys, saved) => {
    const dy = dys[0]!;
    return gradientsByPosition(['x'], {
      x: () => track(geluGradient(tf.backend() as SimdBackend, saved[0]!, dy)),
    });
  },
});
