// Mean squared error.
import * as tf from '@tensorflow/tfjs-core';
import { cellLoss, type LossOptions } from './cell-loss.ts';

/** Mean of (forecast - target)^2 over the known cells, both of one shape; a scalar, differentiable in the forecast. */
export function meanSquaredError(
  forecast: tf.Tensor,
  target: tf.Tensor,
  { mask }: LossOptions = {},
): tf.Scalar {
  return cellLoss({
    forecast,
    target,
    mask,
    kind: 'squared',
    levels: [],
    delta: 0,
    cost: (error) => tf.square(error),
  });
}
