// Mean squared error.
import * as tf from '@tensorflow/tfjs-core';
import { errorLoss } from './cell-loss.ts';

/** Mean of (forecast - target)^2 over the known cells, both of one shape; a scalar, differentiable in the forecast. */
export const meanSquaredError = errorLoss('squared', (error) => tf.square(error));
