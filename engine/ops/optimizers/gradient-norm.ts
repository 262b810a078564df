// Norms of gradients, and clipping by the global norm (Pascanu et al. 2013): all gradients are scaled by min(1, limit / (norm +
// 1e-6)), as in PyTorch's clip_grad_norm_.
import * as tf from '@tensorflow/tfjs-core';
import { SimdBackend } from '../../backends/simd/backend.ts';
import { type GradientNorms, withOptimizerTable } from '../../backends/simd/kernels/optimizer.ts';

export type { GradientNorms } from '../../backends/simd/kernels/optimizer.ts';

/** Factor that brings gradients of this norm within the limit; 1 without a limit. NaN and infinity pass into it. */
export function clipFactor(norm: number, limit: number | undefined): number {
  if (limit === undefined) return 1;
  const factor = limit / (norm + 1e-6);
  return Math.min(factor, 1);
}

/** Euclidean norms of the gradients, where no step is to follow. */
export function gradientNorms(gradients: readonly tf.Tensor[]): GradientNorms {
  const backend = tf.backend();
  if (!(backend instanceof SimdBackend)) return gradientNormsComposed(gradients);
  const entries = gradients.map((gradient) => ({ parameter: gradient, gradient, moments: [] }));
  return withOptimizerTable(backend, entries, (table) => table.gradientNorms());
}

/** From stock ops, with one value for each tensor brought to the host; values of any size, since the largest is taken out first. */
export function gradientNormsComposed(gradients: readonly tf.Tensor[]): GradientNorms {
  if (gradients.length === 0) return { all: 0, each: [] };
  const found = tf.tidy(() => {
    const scaled = gradients.map((gradient) => {
      const largest = tf.max(tf.abs(gradient));
      const safe = tf.where(tf.greater(largest, 0), largest, tf.onesLike(largest));
      return tf.stack([largest, tf.sum(tf.square(tf.div(gradient, safe)))]);
    });
    return tf.stack(scaled); // [gradients, 2]
  });
  const values = found.dataSync();
  found.dispose();
  const each = gradients.map((_, index) => {
    const largest = values[2 * index]!;
    return Math.abs(largest) === Infinity ? largest : largest * Math.sqrt(values[2 * index + 1]!);
  });
  return { all: Math.sqrt(each.reduce((sum, norm) => sum + norm * norm, 0)), each };
}
