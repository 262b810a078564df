// GRU over a whole sequence (Cho et al. 2014):
//   z, r = sigmoid(x W + b + h U + c), h' = (1 - z) n + z h, and the candidate
//   n = tanh(x W + b + r (h U + c)) with the reset after the product (cuDNN, PyTorch, Keras's reset_after), or
//   n = tanh(x W + b + (r h) U + c) with the reset before it (the original).
// Gates are stored in the order z, r, n, as in Keras and ONNX; PyTorch's order is r, z, n.
// Where the backend has a kernel for it (simd), one call computes the whole sequence; elsewhere stock ops are used.
import type * as tf from '@tensorflow/tfjs-core';
import { type GruInputs, gruBackward, gruForward, gruStates } from '../../backends/simd/kernels/gru.ts';
import {
  defineRecurrent,
  givesByExample,
  type KeepsActivations,
  keepsActivations,
} from './define-recurrent.ts';
import { gruComposed } from './gru-composed.ts';
import type { GruOptions, GruResult, GruWeights } from './recurrent-types.ts';

type Options = Pick<GruInputs, 'reverse' | 'resetAfter'> & KeepsActivations;

const gruOp = defineRecurrent<Omit<GruInputs, keyof Options>, Options>({
  kernelName: 'HindcastGru',
  forward(backend, inputs) {
    if (!inputs.keepsActivations) {
      const { outputs, finalHidden } = gruStates(backend, inputs);
      return [outputs, finalHidden];
    }
    const { outputs, finalHidden, gates } = gruForward(backend, inputs);
    return [outputs, finalHidden, gates];
  },
  outputsToSave: [true, false, true],
  backward(backend, inputs, [outputs, gates], [dOutputs, dFinalHidden], listener) {
    const incoming = { outputs: dOutputs, finalHidden: dFinalHidden };
    return gruBackward(backend, inputs, { outputs: outputs!, gates: gates! }, incoming, listener);
  },
});

/**
 * @param x [batch, time, features], time at least 1
 * @param weights kernel [features, 3 * units], recurrentKernel [units, 3 * units], biases [3 * units]
 * @returns outputs [batch, time, units], finalHidden [batch, units]; differentiable in x, the weights and the initial state.
 *   With `returnGates`, gates [batch, time, 4 * units]: z, r, n and the recurrent part of the candidate: h U + c, or r h for
 *   the reset before the product
 */
export function gru(x: tf.Tensor3D, weights: GruWeights, options: GruOptions = {}): GruResult {
  if (!gruOp.isAvailable()) return gruComposed(x, weights, options);
  const { initialHidden, mask, reverse = false, resetAfter = true, onGradientNorms } = options;
  const { kernel, recurrentKernel, bias, recurrentBias } = weights;
  const inputs = { x, kernel, recurrentKernel, bias, recurrentBias, initialHidden, mask };
  const attributes = { reverse, resetAfter, onGradientNorms, ...keepsActivations(options) };
  const [outputs, finalHidden, ...kept] = gruOp.run(inputs, attributes);
  const [gates] = givesByExample(kept, options);
  return { outputs: outputs as tf.Tensor3D, finalHidden: finalHidden as tf.Tensor2D, gates };
}
