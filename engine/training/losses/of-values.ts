// Losses of values: squared error (mse), absolute error (mae) and Huber's, over the known cells.
import * as tf from '@tensorflow/tfjs-core';
import { huber as huberLoss } from '../../ops/losses/huber.ts';
import { meanAbsoluteError } from '../../ops/losses/mae.ts';
import { meanSquaredError } from '../../ops/losses/mse.ts';
import {
  type CellShape,
  type LossFunction,
  sumOfCells,
  type TargetCells,
  type Truth,
} from './loss-function.ts';

export function createTruth({ target, mask }: TargetCells, [batch, steps, targets]: CellShape): Truth {
  const tensor = (values: Float32Array) => tf.tensor3d(values.slice(), [batch, steps, targets]);
  return { target: tensor(target), mask: tensor(mask) };
}

export const squaredError: LossFunction = {
  isSquaredError: true,
  wants: null,
  createTruth,
  masked: (answer, { target, mask }) => meanSquaredError(answer, target, { mask }),
  sum: sumOfCells((forecast, target) => {
    const error = forecast - target;
    return error * error;
  }),
};

export const absoluteError: LossFunction = {
  wants: null,
  createTruth,
  masked: (answer, { target, mask }) => meanAbsoluteError(answer, target, { mask }),
  sum: sumOfCells((forecast, target) => Math.abs(forecast - target)),
};

export const huber: LossFunction = {
  wants: null,
  createTruth,
  masked: (answer, { target, mask }, { huberDelta }) =>
    huberLoss(answer, target, { mask, delta: huberDelta }),
  sum: sumOfCells((forecast, target, { huberDelta }) => {
    const error = forecast - target;
    const size = Math.abs(error);
    return size <= huberDelta ? 0.5 * size * size : huberDelta * (size - 0.5 * huberDelta);
  }),
};
