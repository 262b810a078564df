// Embedding: rows of a table by index, for categories and tokens.
import * as tf from '@tensorflow/tfjs-core';
import { embeddingBackward, embeddingForward } from '../backends/simd/kernels/embedding.ts';
import { defineOp } from './define-op.ts';
import { checkIndices } from './indices.ts';

interface Inputs {
  readonly table: tf.TensorInfo;
  readonly indices: tf.TensorInfo;
}

const embeddingOp = defineOp<Inputs, object>({
  kernelName: 'HindcastEmbedding',
  forward: ({ backend, inputs: { table, indices } }) => embeddingForward(backend, table, indices),
  backward: ({ backend, inputs: { table, indices }, incoming: [dy] }) => ({
    table: () => embeddingBackward(backend, table, indices, dy!),
  }),
});

/**
 * @param table [entries, features]
 * @param indices any shape, whole numbers from 0 to entries - 1
 * @returns [...indices' shape, features]; differentiable in the table
 * @throws HindcastError `invalid-input` for an index without an entry
 */
export function embedding(table: tf.Tensor2D, indices: tf.Tensor): tf.Tensor {
  const whole = indices.dtype === 'int32' ? indices : tf.cast(indices, 'int32');
  checkIndices(whole, table.shape[0], 'index of an embedding');
  return embeddingOp.isAvailable()
    ? embeddingOp.run({ table, indices: whole }, {})[0]!
    : tf.gather(table, whole as tf.Tensor1D);
}
