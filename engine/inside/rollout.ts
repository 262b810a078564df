// Attention rolled out through all layers (Abnar and Zuidema 2020): R = product of (A + I) / 2, A the mean of a layer's heads. Half of
// what a step reads is itself, by the residual connection.
import * as tf from '@tensorflow/tfjs-core';
import { readValues } from '../ops/values.ts';
import type { LayerAttention } from './forecaster/attention-capture.ts';

/** [queries, keys] of all layers together; of an alignment, which has one layer and no residual connection, its weights. */
export function rolloutOf(layers: readonly LayerAttention[]): Float32Array {
  const { queries, keys, isAlignment } = layers[0]!.plan;
  if (isAlignment) return meanOfHeads(layers[0]!);
  return readValues(() => {
    let rolled: tf.Tensor2D | undefined;
    for (const layer of layers) {
      const own = tf.tensor2d(withResidual(meanOfHeads(layer), keys), [queries, keys]);
      const next: tf.Tensor2D = rolled ? tf.matMul(own, rolled) : own;
      rolled = next;
    }
    return rolled!;
  });
}

export function meanOfHeads({ plan, head }: Pick<LayerAttention, 'plan' | 'head'>): Float32Array {
  const { heads, queries, keys } = plan;
  const mean = new Float32Array(queries * keys);
  for (let index = 0; index < heads; index++) {
    const weights = head(index);
    for (let at = 0; at < mean.length; at++) mean[at]! += weights[at]! / heads;
  }
  return mean;
}

/** Rows that summed to 1 still do. */
function withResidual(weights: Float32Array, keys: number): Float32Array {
  const out = weights.map((weight) => weight / 2);
  for (let step = 0; step < keys; step++) out[step * keys + step]! += 0.5;
  return out;
}
