// The pinball loss of several quantiles (Koenker and Bassett 1978): with e = target - forecast, q e for e >= 0 and (q - 1) e below,
// written as |e| / 2 + (q - 1/2) e.
import * as tf from '@tensorflow/tfjs-core';
import { HindcastError } from '../../contract/values/errors.ts';
import { cellLoss, type LossOptions } from './cell-loss.ts';

export interface PinballOptions extends LossOptions {
  /** The quantiles' levels, each above 0 and below 1. */
  readonly levels: readonly number[];
}

/**
 * Mean over known cells and levels; a scalar, differentiable in the forecast.
 * @param forecast [..., levels]
 * @param target [...]
 * @throws HindcastError `invalid-input` for a level outside (0, 1) or shapes that do not fit
 */
export function pinball(forecast: tf.Tensor, target: tf.Tensor, { mask, levels }: PinballOptions): tf.Scalar {
  const wrong = levels.find((level) => !(level > 0 && level < 1));
  if (levels.length === 0 || wrong !== undefined) {
    const problem = wrong === undefined ? 'no level is given' : `${wrong} is no level`;
    throw new HindcastError(
      'invalid-input',
      `The pinball loss needs levels between 0 and 1, but ${problem}.`,
    );
  }
  const cost = (error: tf.Tensor) => {
    const tilt = tf.tensor1d(levels.map((level) => 0.5 - level));
    return tf.add(tf.mul(tf.abs(error), 0.5), tf.mul(error, tilt)); // error = forecast - target
  };
  return cellLoss({ forecast, target, mask, kind: 'pinball', levels, delta: 0, cost });
}
