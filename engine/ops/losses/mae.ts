// Mean absolute error.
import * as tf from '@tensorflow/tfjs-core';
import { cellLoss, type LossOptions } from './cell-loss.ts';

/** Mean of |forecast - target| over the known cells, both of one shape; a scalar, differentiable in the forecast (slope 0 at 0). */
export function meanAbsoluteError(
  forecast: tf.Tensor,
  target: tf.Tensor,
  { mask }: LossOptions = {},
): tf.Scalar {
  return cellLoss({
    forecast,
    target,
    mask,
    kind: 'absolute',
    levels: [],
    delta: 0,
    cost: (error) => tf.abs(error),
  });
}
