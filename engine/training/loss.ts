// Losses over the known cells of a batch: by the fused ops while training, in float64 on the host for evaluation. Missing targets
// carry a 0 in the mask and add nothing, neither to the value nor to a gradient.
import * as tf from '@tensorflow/tfjs-core';
import type { ForecastTask } from '../contract/experiment.ts';
import { deterministicLog } from '../numerics/deterministic-math.ts';
import { crossEntropy } from '../ops/losses/cross-entropy.ts';
import { huber } from '../ops/losses/huber.ts';
import { meanAbsoluteError } from '../ops/losses/mae.ts';
import { meanSquaredError } from '../ops/losses/mse.ts';
import { classLabels } from './class-labels.ts';

/** `huberDelta`: squares up to here, straight lines beyond (Huber 1964), in model units. */
export type LossChoice = Pick<ForecastTask, 'loss' | 'huberDelta'>;

/** Probabilities are taken as at least this, so that their logarithm stays finite. */
const LEAST_PROBABILITY = 1e-7;

/** What a batch is judged by: values of every cell, or for the cross-entropy the true class of every step. */
export interface Truth {
  /** [batch, steps, targets]; cross-entropy: [batch, steps], whole numbers. */
  readonly target: tf.Tensor;
  /** As `target`, 0 where it is unknown. */
  readonly mask: tf.Tensor;
}

/**
 * On the current backend; the caller disposes of it.
 * @param cells [batch, steps, targets] each, row-major; not kept
 * @throws HindcastError `invalid-input` where the targets of a cross-entropy are no classes
 */
export function createTruth(
  { loss }: LossChoice,
  cells: { readonly target: Float32Array; readonly mask: Float32Array },
  [batch, steps, targets]: readonly [batch: number, steps: number, targets: number],
): Truth {
  if (loss === 'cross-entropy') {
    const { labels, known } = classLabels(cells.target, cells.mask, targets);
    return { target: tf.tensor2d(labels, [batch, steps], 'int32'), mask: tf.tensor2d(known, [batch, steps]) };
  }
  const tensor = (values: Float32Array) => tf.tensor3d(values.slice(), [batch, steps, targets]);
  return { target: tensor(cells.target), mask: tensor(cells.mask) };
}

/**
 * Mean loss over what is known, as a scalar on the tape: squared error (mse), absolute error (mae), Huber's, or -ln of the
 * probability of what is true, by step (cross-entropy). 0 where nothing is known.
 * @param answer [batch, steps, targets]; cross-entropy: before the softmax
 */
export function maskedLoss(choice: LossChoice, answer: tf.Tensor, { target, mask }: Truth): tf.Scalar {
  switch (choice.loss) {
    case 'mse':
      return meanSquaredError(answer, target, { mask });
    case 'mae':
      return meanAbsoluteError(answer, target, { mask });
    case 'huber':
      return huber(answer, target, { mask, delta: choice.huberDelta });
    case 'cross-entropy':
      return crossEntropy(answer, target, { mask });
  }
}

/** Of one cell. A mean over cells is a mean over steps once it is multiplied by the number of classes. */
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

/** In float64 on the host, of forecasts (cross-entropy: probabilities): the sum that `maskedLoss` is the mean of. */
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
