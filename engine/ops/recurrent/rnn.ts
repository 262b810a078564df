// Plain RNN over a whole sequence (Elman 1990): h' = f(x W + h U + b), f = tanh or relu.
// Where the backend has a kernel for it (simd), one call computes the whole sequence; elsewhere stock ops are used.
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { type RnnInputs, rnnBackward, rnnForward } from '../../backends/simd/kernels/rnn.ts';
import { defineRecurrent } from './define-recurrent.ts';
import type { RnnOptions, RnnResult, RnnWeights } from './recurrent-types.ts';
import { rnnComposed } from './rnn-composed.ts';

type Options = Pick<RnnInputs, 'reverse' | 'activation'>;

const rnnOp = defineRecurrent<Omit<RnnInputs, keyof Options>, Options>({
  kernelName: 'HindcastRnn',
  forward(backend, inputs) {
    const { outputs, finalHidden } = rnnForward(backend, inputs);
    return [outputs, finalHidden];
  },
  outputsToSave: [true, false],
  backward: (backend, inputs, [outputs], [dOutputs, dFinalHidden], listener) =>
    rnnBackward(backend, inputs, outputs!, { outputs: dOutputs, finalHidden: dFinalHidden }, listener),
});

/**
 * @param x [batch, time, features], time at least 1
 * @param weights kernel [features, units], recurrentKernel [units, units], bias [units]
 * @returns outputs [batch, time, units], finalHidden [batch, units]; differentiable in x, the weights and the initial state
 */
export function rnn(x: Tensor3D, weights: RnnWeights, options: RnnOptions = {}): RnnResult {
  if (!rnnOp.isAvailable()) return rnnComposed(x, weights, options);
  const { initialHidden, mask, reverse = false, activation = 'tanh', onGradientNorms } = options;
  const { kernel, recurrentKernel, bias } = weights;
  const inputs = { x, kernel, recurrentKernel, bias, initialHidden, mask };
  const [outputs, finalHidden] = rnnOp.run(inputs, { reverse, activation, onGradientNorms });
  return { outputs: outputs as Tensor3D, finalHidden: finalHidden as Tensor2D };
}
