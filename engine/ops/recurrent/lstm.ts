// LSTM over a whole sequence (Hochreiter and Schmidhuber 1997, with forget gate: Gers et al. 2000):
//   i, f, o = sigmoid(x W + h U + b), g = tanh(x W + h U + b), c' = f c + i g, h' = o tanh(c').
// Gates are stored in the order i, f, g, o, as in Keras, PyTorch and TensorFlow's BlockLSTMV2.
// Where the backend has a kernel for it (simd, tensorflow), one call computes the whole sequence; elsewhere stock ops are used.
import type * as tf from '@tensorflow/tfjs-core';
import { type LstmInputs, lstmBackward, lstmForward, lstmStates } from '../../backends/simd/kernels/lstm.ts';
import {
  defineRecurrent,
  givesByExample,
  type KeepsActivations,
  keepsActivations,
} from './define-recurrent.ts';
import { lstmComposed } from './lstm-composed.ts';
import { isCoveredByTensorflow, lstmOnTensorflow } from './lstm-tensorflow.ts';
import type { LstmOptions, LstmResult, LstmWeights } from './recurrent-types.ts';

type Options = Pick<LstmInputs, 'reverse'> & KeepsActivations;

const lstmOp = defineRecurrent<Omit<LstmInputs, keyof Options>, Options>({
  kernelName: 'HindcastLstm',
  forward(backend, inputs) {
    if (!inputs.keepsActivations) {
      const { outputs, finalHidden, finalCell } = lstmStates(backend, inputs);
      return [outputs, finalHidden, finalCell];
    }
    const { outputs, finalHidden, finalCell, gates, cells } = lstmForward(backend, inputs);
    return [outputs, finalHidden, finalCell, gates, cells];
  },
  outputsToSave: [true, false, false, true, true],
  backward(backend, inputs, [outputs, gates, cells], [dOutputs, dFinalHidden, dFinalCell], listener) {
    const saved = { outputs: outputs!, gates: gates!, cells: cells! };
    const incoming = { outputs: dOutputs, finalHidden: dFinalHidden, finalCell: dFinalCell };
    return lstmBackward(backend, inputs, saved, incoming, listener);
  },
});

/**
 * @param x [batch, time, features], time at least 1
 * @param weights kernel [features, 4 * units], recurrentKernel [units, 4 * units], bias [4 * units]
 * @returns outputs [batch, time, units], finalHidden and finalCell [batch, units]; differentiable in x, the weights and
 *   the initial state
 */
export function lstm(x: tf.Tensor3D, weights: LstmWeights, options: LstmOptions = {}): LstmResult {
  if (isCoveredByTensorflow(options)) return lstmOnTensorflow(x, weights, options);
  if (!lstmOp.isAvailable()) return lstmComposed(x, weights, options);
  const { initialHidden, initialCell, mask, reverse = false, onGradientNorms } = options;
  const { kernel, recurrentKernel, bias } = weights;
  const inputs = { x, kernel, recurrentKernel, bias, initialHidden, initialCell, mask };
  const attributes = { reverse, onGradientNorms, ...keepsActivations(options) };
  const [outputs, finalHidden, finalCell, ...kept] = lstmOp.run(inputs, attributes);
  const [gates, cells] = givesByExample(kept, options);
  return {
    outputs: outputs as tf.Tensor3D,
    finalHidden: finalHidden as tf.Tensor2D,
    finalCell: finalCell as tf.Tensor2D,
    ...(gates && cells && { gates, cells }),
  };
}
