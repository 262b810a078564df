// Sigmoid cross-entropy, for several labels that may be true at once: log(1 + e^x) - x t of every cell.
import * as tf from '@tensorflow/tfjs-core';
import { cellLoss, type LossOptions } from './cell-loss.ts';

/**
 * Mean over the known cells, logits and targets of one shape; a scalar, differentiable in the logits.
 * @param targets from 0 (the label does not hold) to 1 (it holds)
 */
export function sigmoidCrossEntropy(
  logits: tf.Tensor,
  targets: tf.Tensor,
  { mask }: LossOptions = {},
): tf.Scalar {
  const cost = (error: tf.Tensor, target: tf.Tensor) => {
    const x = tf.add(error, target); // error = logits - targets
    return tf.sub(tf.softplus(x), tf.mul(x, target));
  };
  return cellLoss({ forecast: logits, target: targets, mask, kind: 'sigmoid', levels: [], delta: 0, cost });
}
