// Embedding: rows of a table by index, for categories and tokens.
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backends/simd/backend.ts';
import { embeddingBackward, embeddingForward } from '../backends/simd/kernels/embedding.ts';
import { overrideKernel } from '../backends/simd/register.ts';
import {
  gradientsByPosition,
  hasKernel,
  namedInputs,
  registerFusedGradient,
  runFused,
  track,
} from './fused.ts';
import { checkIndices } from './indices.ts';

const EMBEDDING_KERNEL = 'HindcastEmbedding';
const NAMES = ['table', 'indices'] as const;

/**
 * @param table [entries, features]
 * @param indices any shape, whole numbers from 0 to entries - 1
 * @returns [...indices' shape, features]; differentiable in the table
 * @throws HindcastError `invalid-input` for an index without an entry
 */
export function embedding(table: tf.Tensor2D, indices: tf.Tensor): tf.Tensor {
  const whole = indices.dtype === 'int32' ? indices : tf.cast(indices, 'int32');
  checkIndices(whole, table.shape[0], 'index of an embedding');
  return hasKernel(EMBEDDING_KERNEL)
    ? runFused(EMBEDDING_KERNEL, { table, indices: whole }, {})[0]!
    : tf.gather(table, whole as tf.Tensor1D);
}

overrideKernel(EMBEDDING_KERNEL, ({ inputs, backend }) => {
  const { table, indices } = namedInputs(inputs, NAMES);
  return embeddingForward(backend, table!, indices!);
});

registerFusedGradient({
  kernelName: EMBEDDING_KERNEL,
  gradFunc: (dys, saved) => {
    const dy = dys[0]!;
    const [table, indices] = saved as [tf.Tensor, tf.Tensor];
    const backend = tf.backend() as SimdBackend;
    return gradientsByPosition(NAMES, { table: () => track(embeddingBackward(backend, table, indices, dy)) });
  },
});
