// Losses over the known cells of a batch. Missing targets carry a 0 in the mask and add nothing, neither to the value nor to a gradient.
import * as tf from '@tensorflow/tfjs-core';
import type { Loss } from '../contract/experiment.ts';

/**
 * Mean of the squared (mse) or absolute (mae) errors over the cells whose mask is 1, as a scalar on the tape.
 * @param forecast all of one shape; `mask` holds 0 and 1
 * @param count number of ones in `mask`; 0 gives the loss 0
 */
export function maskedLoss(
  loss: Loss,
  forecast: tf.Tensor,
  target: tf.Tensor,
  mask: tf.Tensor,
  count: number,
): tf.Scalar {
  const error = tf.mul(tf.sub(forecast, target), mask);
  const cells = loss === 'mse' ? tf.square(error) : tf.abs(error);
  return tf.mul(tf.sum(cells), 1 / Math.max(1, count));
}

/** The same sum in float64 on the host, for evaluation: what `maskedLoss` is the mean of. */
export function maskedLossSum(
  loss: Loss,
  forecast: Float32Array,
  target: Float32Array,
  mask: Float32Array,
): number {
  let sum = 0;
  for (let i = 0; i < forecast.length; i++) {
    if (mask[i] === 0) continue;
    const error = forecast[i]! - target[i]!;
    sum += loss === 'mse' ? error * error : Math.abs(error);
  }
  return sum;
}

export function countKnown(mask: Float32Array): number {
  let count = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) count++;
  return count;
}
