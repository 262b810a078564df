// Losses over the known cells of a batch. Missing targets carry a 0 in the mask and add nothing, neither to the value nor to a gradient.
import * as tf from '@tensorflow/tfjs-core';
import type { ForecastTask } from '../contract/experiment.ts';
import { deterministicLog } from '../data/deterministic-math.ts';

/** `huberDelta`: squares up to here, straight lines beyond (Huber 1964), in model units. */
export type LossChoice = Pick<ForecastTask, 'loss' | 'huberDelta'>;

/** Probabilities are taken as at least this, so that their logarithm stays finite. */
const LEAST_PROBABILITY = 1e-7;

/**
 * Mean loss over the cells whose mask is 1, as a scalar on the tape: squared error (mse), absolute error (mae), Huber's, or
 * -ln of the probability of what is true, by step (cross-entropy: the last axis holds the probabilities of the classes).
 * @param forecast all of one shape; `mask` holds 0 and 1
 * @param count number of ones in `mask`; 0 gives the loss 0
 */
export function maskedLoss(
  choice: LossChoice,
  forecast: tf.Tensor,
  target: tf.Tensor,
  mask: tf.Tensor,
  count: number,
): tf.Scalar {
  const cells =
    choice.loss === 'cross-entropy'
      ? surprise(forecast, target, mask)
      : ofErrors(choice, forecast, target, mask);
  return tf.mul(tf.sum(cells), 1 / Math.max(1, count));
}

function ofErrors(
  { loss, huberDelta }: LossChoice,
  forecast: tf.Tensor,
  target: tf.Tensor,
  mask: tf.Tensor,
): tf.Tensor {
  const error = tf.mul(tf.sub(forecast, target), mask);
  if (loss === 'mse') return tf.square(error);
  const size = tf.abs(error);
  if (loss === 'mae') return size;
  const near = tf.clipByValue(size, 0, huberDelta);
  return tf.add(tf.mul(tf.square(near), 0.5), tf.mul(tf.sub(size, near), huberDelta));
}

/** A mean over cells is a mean over steps once it is multiplied by the number of classes. */
function surprise(probability: tf.Tensor, target: tf.Tensor, mask: tf.Tensor): tf.Tensor {
  const classes = probability.shape.at(-1) ?? 1;
  const logarithm = tf.log(tf.clipByValue(probability, LEAST_PROBABILITY, 1));
  return tf.mul(tf.mul(tf.mul(logarithm, target), mask), -classes);
}

/** Of one cell, in float64. */
function cellLoss(
  { loss, huberDelta }: LossChoice,
  forecast: number,
  target: number,
  classes: number,
): number {
  if (loss === 'cross-entropy') {
    return -classes * target * deterministicLog(Math.min(1, Math.max(LEAST_PROBABILITY, forecast)));
  }
  const error = forecast - target;
  if (loss === 'mse') return error * error;
  const size = Math.abs(error);
  if (loss === 'mae') return size;
  return size <= huberDelta ? 0.5 * size * size : huberDelta * (size - 0.5 * huberDelta);
}

export interface LossCells {
  readonly forecast: Float32Array;
  readonly target: Float32Array;
  readonly mask: Float32Array;
  /** Length of the last axis. */
  readonly classes: number;
}

/** The same sum in float64 on the host, for evaluation: what `maskedLoss` is the mean of. */
export function maskedLossSum(choice: LossChoice, { forecast, target, mask, classes }: LossCells): number {
  let sum = 0;
  for (let i = 0; i < forecast.length; i++) {
    if (mask[i] !== 0) sum += cellLoss(choice, forecast[i]!, target[i]!, classes);
  }
  return sum;
}

export function countKnown(mask: Float32Array): number {
  let count = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) count++;
  return count;
}
