// LSTM over a whole sequence (Hochreiter and Schmidhuber 1997, with forget gate: Gers et al. 2000):
//   i, f, o = sigmoid(x W + h U + b), g = tanh(x W + h U + b), c' = f c + i g, h' = o tanh(c').
// Gates lie in the order i, f, g, o, as in Keras, PyTorch and TensorFlow's BlockLSTMV2.
import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { lstmComposed } from './lstm-composed.ts';
import type { RecurrentOptions, RecurrentResult, RecurrentWeights } from './recurrent-types.ts';

export interface LstmWeights extends RecurrentWeights {
  /** [4 * units] */
  readonly bias: Tensor1D;
}

export interface LstmOptions extends RecurrentOptions {
  /** Cell state before the first step, [batch, units]; zeros if absent. */
  readonly initialCell?: Tensor2D | undefined;
}

export interface LstmResult extends RecurrentResult {
  /** Cell state after the last step taken, [batch, units]. */
  readonly finalCell: Tensor2D;
}

/**
 * @param x [batch, time, features], time at least 1
 * @param weights kernel [features, 4 * units], recurrentKernel [units, 4 * units], bias [4 * units]
 * @returns outputs [batch, time, units], finalHidden and finalCell [batch, units]; differentiable in x, the weights and
 *   the initial state
 */
export function lstm(x: Tensor3D, weights: LstmWeights, options: LstmOptions = {}): LstmResult {
  return lstmComposed(x, weights, options);
}
