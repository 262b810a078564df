// Losses over the known cells of a batch: fused ops while training, float64 in JavaScript for evaluation. Missing targets have a
// 0 in the mask and contribute neither to the value nor to a gradient.
import type * as tf from '@tensorflow/tfjs-core';
import type { CellShape, LossChoice, TargetCells, TargetDemand, Truth } from './losses/loss-function.ts';
import { LOSSES } from './losses/registry.ts';

export type { LossChoice } from './losses/loss-function.ts';

/** What the loss needs of its targets; null: any numbers. */
export const demandOf = ({ loss }: Pick<LossChoice, 'loss'>): TargetDemand | null => LOSSES[loss].wants;

export const isSquaredError = ({ loss }: Pick<LossChoice, 'loss'>): boolean =>
  LOSSES[loss].isSquaredError === true;

/**
 * On the current backend; the caller disposes of it.
 * @throws HindcastError `invalid-input` where the loss is of classes and the targets are none
 */
export const createTruth = (
  { loss }: Pick<LossChoice, 'loss'>,
  cells: TargetCells,
  shape: CellShape,
): Truth => LOSSES[loss].createTruth(cells, shape);

/**
 * Mean loss over what is known, as a scalar on the tape; 0 where nothing is known.
 * @param answer [batch, steps, targets]; of classes: before the softmax
 */
export const maskedLoss = (choice: LossChoice, answer: tf.Tensor, truth: Truth): tf.Scalar =>
  LOSSES[choice.loss].masked(answer, truth, choice);

export interface LossCells extends TargetCells {
  readonly forecast: Float32Array;
  /** Length of the last axis. */
  readonly classes: number;
}

/** In float64 on the host, of forecasts (of classes: probabilities): the sum that `maskedLoss` is the mean of. */
export function maskedLossSum(choice: LossChoice, { forecast, target, mask, classes }: LossCells): number {
  const { ofCell } = LOSSES[choice.loss];
  let sum = 0;
  for (let i = 0; i < forecast.length; i++) {
    if (mask[i] !== 0) sum += ofCell(forecast[i]!, target[i]!, choice, classes);
  }
  return sum;
}

export function countKnown(mask: Float32Array): number {
  let count = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) count++;
  return count;
}
