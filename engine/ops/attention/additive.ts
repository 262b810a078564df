// Additive attention (Bahdanau, Cho and Bengio 2015): outputs = softmax(v' tanh(query + key)) value, where padding may hide keys. Queries and
// keys are mapped to one width by their caller. Both are repeated as rows of a table, whose look-up and gradient are compiled.
import * as tf from '@tensorflow/tfjs-core';
import { embedding } from '../embedding.ts';
import { linear } from '../linear.ts';

export interface AdditiveInputs {
  /** [batch, queries, width] */
  readonly query: tf.Tensor3D;
  /** [batch, keys, width] */
  readonly key: tf.Tensor3D;
  /** [batch, keys, features] */
  readonly value: tf.Tensor3D;
  /** v: [width, 1] */
  readonly vector: tf.Tensor2D;
  /** [batch, keys], 1 where a key exists and 0 where it is padding. Each query sees at least one key. */
  readonly mask?: tf.Tensor2D | undefined;
}

export interface AdditiveResult {
  /** [batch, queries, features]; differentiable in query, key, value and vector. */
  readonly outputs: tf.Tensor3D;
  /** [batch, 1, queries, keys] */
  readonly weights: tf.Tensor4D;
}

/** Added to the score of a key that is padding: its share becomes 0. */
const HIDDEN = -1e9;

export function additiveAttention({ query, key, value, vector, mask }: AdditiveInputs): AdditiveResult {
  const [batch, queries, width] = query.shape;
  const keys = key.shape[1];
  const size = { batch, queries, keys };
  const rows = (of: tf.Tensor3D, cells: RowOf) =>
    embedding(tf.reshape(of, [-1, width]) as tf.Tensor2D, indices(size, cells));
  const sums = tf.add(
    rows(query, ({ row, at }) => row * queries + at),
    rows(key, ({ row, key: index }) => row * keys + index),
  ); // [batch * queries * keys, width]
  const scores = tf.reshape(linear(tf.tanh(sums) as tf.Tensor2D, { kernel: vector }), [batch, queries, keys]);
  const shares = tf.softmax(mask ? tf.add(scores, hidden(mask, size)) : scores) as tf.Tensor3D;
  return {
    outputs: tf.matMul(shares, value) as tf.Tensor3D,
    weights: tf.reshape(shares, [batch, 1, queries, keys]) as tf.Tensor4D,
  };
}

interface Size {
  readonly batch: number;
  readonly queries: number;
  readonly keys: number;
}

type RowOf = (cell: { readonly row: number; readonly at: number; readonly key: number }) => number;

/** [batch * queries * keys]: of each cell the row that it repeats. */
function indices({ batch, queries, keys }: Size, rowOf: RowOf): tf.Tensor1D {
  const values = new Int32Array(batch * queries * keys);
  let cell = 0;
  for (let row = 0; row < batch; row++)
    for (let at = 0; at < queries; at++)
      for (let key = 0; key < keys; key++) values[cell++] = rowOf({ row, at, key });
  return tf.tensor1d(values, 'int32');
}

/** [batch, queries, keys]; a constant. */
function hidden(mask: tf.Tensor2D, { batch, queries, keys }: Size): tf.Tensor3D {
  const known = mask.dataSync();
  const values = new Float32Array(batch * queries * keys);
  for (let cell = 0; cell < values.length; cell++) {
    const row = Math.floor(cell / (queries * keys));
    values[cell] = known[row * keys + (cell % keys)] === 0 ? HIDDEN : 0;
  }
  return tf.tensor3d(values, [batch, queries, keys]);
}
