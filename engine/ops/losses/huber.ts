// Huber's loss (1964): e^2 / 2 up to |e| = delta, beyond that the tangent delta (|e| - delta / 2).
import * as tf from '@tensorflow/tfjs-core';
import { cellLoss, type LossOptions } from './cell-loss.ts';

export interface HuberOptions extends LossOptions {
  /** Default 1. */
  readonly delta?: number | undefined;
}

/** Mean over the known cells, forecast and target of one shape; a scalar, differentiable in the forecast. */
export function huber(
  forecast: tf.Tensor,
  target: tf.Tensor,
  { mask, delta = 1 }: HuberOptions = {},
): tf.Scalar {
  const cost = (error: tf.Tensor) => {
    const size = tf.abs(error);
    const near = tf.clipByValue(size, 0, delta);
    return tf.mul(near, tf.sub(size, tf.mul(near, 0.5)));
  };
  return cellLoss({ forecast, target, mask, kind: 'huber', levels: [], delta, cost });
}
