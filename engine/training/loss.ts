// Losses over the known cells of a batch: fused ops while training, float64 in JavaScript for evaluation. Missing targets have a
// 0 in the mask and contribute neither to the value nor to a gradient.
import type * as tf from '@tensorflow/tfjs-core';
import type {
  CellShape,
  LossCells,
  LossChoice,
  TargetCells,
  TargetDemand,
  Truth,
} from './losses/loss-function.ts';
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

/** In float64 on the host, of forecasts (of classes: probabilities): the sum that `maskedLoss` is the mean of. */
export const maskedLossSum = (choice: LossChoice, cells: LossCells): number =>
  LOSSES[choice.loss].sum(cells, choice);

export function countKnown(mask: Float32Array): number {
  let count = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) count++;
  return count;
}
