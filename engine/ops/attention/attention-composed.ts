// Attention from stock ops, for every backend; the reference for the fused op. It stores the weight matrix.
import * as tf from '@tensorflow/tfjs-core';
import { attentionDropoutFactors } from '../../kernels/philox.ts';
import { type AttentionOptions, type AttentionResult, headWidth } from './attention-types.ts';

/** [batch, time, heads * dim] -> [batch, heads, time, dim] */
function byHead(x: tf.Tensor3D, heads: number): tf.Tensor4D {
  const [batch, time, width] = x.shape;
  return tf.transpose(tf.reshape(x, [batch, time, heads, width / heads]) as tf.Tensor4D, [0, 2, 1, 3]);
}

/** 1 where a query may see a key, [batch or 1, 1, queries or 1, keys]; null without a limit. */
function visibility(queries: number, keys: number, { causal, mask }: AttentionOptions): tf.Tensor4D | null {
  const padding = mask
    ? (tf.reshape(tf.cast(tf.notEqual(mask, 0), 'float32'), [-1, 1, 1, keys]) as tf.Tensor4D)
    : null;
  if (!causal) return padding;
  const values = Float32Array.from({ length: queries * keys }, (_, index) =>
    (index % keys) - (keys - queries) <= Math.floor(index / keys) ? 1 : 0,
  );
  const order = tf.tensor4d(values, [1, 1, queries, keys]);
  return padding ? (tf.mul(order, padding) as tf.Tensor4D) : order;
}

function chosen(condition: tf.Tensor, yes: tf.Tensor, no: number): tf.Tensor {
  const filled = tf.fill(yes.shape, no);
  return tf.where(tf.cast(tf.broadcastTo(condition, yes.shape), 'bool'), yes, filled);
}

function softmaxOfVisible(scores: tf.Tensor4D, visible: tf.Tensor4D | null): tf.Tensor4D {
  if (!visible) return tf.softmax(scores);
  // A row without a visible key is turned to zeros, of which softmax is defined, and to zeros again afterwards.
  const some = tf.max(visible, -1, true);
  const hidden = chosen(visible, scores, Number.NEGATIVE_INFINITY);
  return tf.mul(tf.softmax(chosen(some, hidden, 0)), some) as tf.Tensor4D;
}

function zeroAtPadding(x: tf.Tensor3D, mask: tf.Tensor2D | undefined): tf.Tensor3D {
  return mask ? (chosen(tf.expandDims(tf.cast(tf.notEqual(mask, 0), 'float32'), 2), x, 0) as tf.Tensor3D) : x;
}

/** As `attention`; see there. */
export function attentionComposed(
  query: tf.Tensor3D,
  key: tf.Tensor3D,
  value: tf.Tensor3D,
  options: AttentionOptions,
): AttentionResult {
  const { heads, mask, dropout } = options;
  const [batch, queries, width] = query.shape;
  const keys = key.shape[1];
  const scale = options.scale ?? 1 / Math.sqrt(headWidth(width, heads));
  const q = byHead(tf.mul(query, scale) as tf.Tensor3D, heads);
  const k = byHead(zeroAtPadding(key, mask), heads);
  const v = byHead(zeroAtPadding(value, mask), heads);
  const scores = tf.matMul(q, k, false, true) as tf.Tensor4D; // [batch, heads, queries, keys]
  const weights = softmaxOfVisible(scores, visibility(queries, keys, options));
  const factors =
    dropout &&
    tf.tensor(attentionDropoutFactors({ pairs: batch * heads, queries, keys }, dropout), weights.shape);
  const used = factors ? tf.mul(weights, factors) : weights;
  const outputs = tf.reshape(tf.transpose(tf.matMul(used as tf.Tensor4D, v), [0, 2, 1, 3]), [
    batch,
    queries,
    width,
  ]);
  return { outputs: outputs as tf.Tensor3D, weights: options.returnWeights ? weights : undefined };
}
