// Plain RNN over a whole sequence (Elman 1990): h' = f(x W + h U + b), f = tanh or relu.
// Where the backend has a kernel of its own (simd), one call does the whole sequence; elsewhere stock ops do.
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../backends/simd/backend.ts';
import { inputGradient } from '../../backends/simd/kernels/input-gradient.ts';
import { type RnnInputs, rnnBackward, rnnForward } from '../../backends/simd/kernels/rnn.ts';
import { overrideKernel } from '../../backends/simd/register.ts';
import {
  computed,
  type FusedAttributes,
  gradientsByPosition,
  hasKernel,
  namedInputs,
  registerFusedGradient,
  runFused,
  track,
} from '../fused.ts';
import type {
  GradientNorms,
  RecurrentOptions,
  RecurrentResult,
  RecurrentWeights,
} from './recurrent-types.ts';
import { rnnComposed } from './rnn-composed.ts';

export interface RnnWeights extends RecurrentWeights {
  /** [units] */
  readonly bias: tf.Tensor1D;
}

export interface RnnOptions extends Omit<RecurrentOptions, 'returnGates'> {
  /** Default tanh. */
  readonly activation?: 'tanh' | 'relu' | undefined;
}

export type RnnResult = Omit<RecurrentResult, 'gates'>;

const RNN_KERNEL = 'HindcastRnn';

interface RnnAttributes extends FusedAttributes {
  readonly reverse: boolean;
  readonly activation: 'tanh' | 'relu';
  readonly onGradientNorms: ((norms: GradientNorms) => void) | undefined;
}

/**
 * @param x [batch, time, features], time at least 1
 * @param weights kernel [features, units], recurrentKernel [units, units], bias [units]
 * @returns outputs [batch, time, units], finalHidden [batch, units]; differentiable in x, the weights and the initial state
 */
export function rnn(x: tf.Tensor3D, weights: RnnWeights, options: RnnOptions = {}): RnnResult {
  if (!hasKernel(RNN_KERNEL)) return rnnComposed(x, weights, options);
  const { initialHidden, mask, reverse = false, activation = 'tanh', onGradientNorms } = options;
  const { kernel, recurrentKernel, bias } = weights;
  const inputs = { x, kernel, recurrentKernel, bias, initialHidden, mask };
  const [outputs, finalHidden] = runFused(RNN_KERNEL, inputs, { reverse, activation, onGradientNorms });
  return { outputs: outputs as tf.Tensor3D, finalHidden: finalHidden as tf.Tensor2D };
}

function kernelInputs(tensors: Parameters<typeof namedInputs<tf.TensorInfo>>[0], attributes: RnnAttributes) {
  const { names, reverse, activation } = attributes;
  return { ...namedInputs(tensors, names), reverse, activation } as unknown as RnnInputs; // names come from `rnn`
}

overrideKernel(RNN_KERNEL, ({ inputs, attrs, backend }) => {
  const result = rnnForward(backend, kernelInputs(inputs, attrs as unknown as RnnAttributes));
  return [result.outputs, result.finalHidden];
});

registerFusedGradient({
  kernelName: RNN_KERNEL,
  outputsToSave: [true, false],
  gradFunc: (dys, saved, attrs) => {
    const attributes = attrs as unknown as RnnAttributes;
    const backend = tf.backend() as SimdBackend;
    const inputs = kernelInputs(saved, attributes);
    const [dOutputs, dFinalHidden] = dys;
    const outputs = saved[attributes.names.length]!;
    const incoming = { outputs: dOutputs, finalHidden: dFinalHidden };
    const gradients = rnnBackward(backend, inputs, outputs, incoming, attributes.onGradientNorms);
    const stepArguments = track(gradients.arguments);
    return gradientsByPosition(attributes.names, {
      x: () => track(inputGradient(backend, stepArguments, inputs.kernel)),
      kernel: computed(gradients.kernel),
      recurrentKernel: computed(gradients.recurrentKernel),
      bias: computed(gradients.bias),
      initialHidden: computed(gradients.initialHidden),
    });
  },
});
