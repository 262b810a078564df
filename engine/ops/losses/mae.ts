// Mean absolute error.
import * as tf from '@tensorflow/tfjs-core';
import { errorLoss } from './cell-loss.ts';

/** Mean of |forecast - target| over the known cells, both of one shape; a scalar, differentiable in the forecast (slope 0 at 0). */
export const meanAbsoluteError = errorLoss('absolute', (error) => tf.abs(error));
