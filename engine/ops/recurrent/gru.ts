// GRU over a whole sequence (Cho et al. 2014):
//   z, r = sigmoid(x W + b + h U + c), h' = (1 - z) n + z h, and the candidate
//   n = tanh(x W + b + r (h U + c)) with the reset after the product (cuDNN, PyTorch, Keras's reset_after), or
//   n = tanh(x W + b + (r h) U + c) with the reset before it (the original).
// Gates lie in the order z, r, n, as in Keras and ONNX; PyTorch's is r, z, n.
// Where the backend has a kernel of its own (simd), one call does the whole sequence; elsewhere stock ops do.
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../backends/simd/backend.ts';
import { type GruInputs, gruBackward, gruForward } from '../../backends/simd/kernels/gru.ts';
import { inputGradient } from '../../backends/simd/kernels/input-gradient.ts';
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
import { gruComposed } from './gru-composed.ts';
import type {
  GradientNorms,
  RecurrentOptions,
  RecurrentResult,
  RecurrentWeights,
} from './recurrent-types.ts';

export interface GruWeights extends RecurrentWeights {
  /** b, [3 * units] */
  readonly bias: tf.Tensor1D;
  /** c, [3 * units]; zeros if absent. */
  readonly recurrentBias?: tf.Tensor1D | undefined;
}

export interface GruOptions extends RecurrentOptions {
  /** Default true. */
  readonly resetAfter?: boolean | undefined;
}

export type GruResult = RecurrentResult;

const GRU_KERNEL = 'HindcastGru';

interface GruAttributes extends FusedAttributes {
  readonly reverse: boolean;
  readonly resetAfter: boolean;
  readonly onGradientNorms: ((norms: GradientNorms) => void) | undefined;
}

/**
 * @param x [batch, time, features], time at least 1
 * @param weights kernel [features, 3 * units], recurrentKernel [units, 3 * units], biases [3 * units]
 * @returns outputs [batch, time, units], finalHidden [batch, units]; differentiable in x, the weights and the initial state.
 *   With `returnGates`, gates [batch, time, 4 * units]: z, r, n and the recurrent part of the candidate: h U + c, or r h for
 *   the reset before the product
 */
export function gru(x: tf.Tensor3D, weights: GruWeights, options: GruOptions = {}): GruResult {
  if (!hasKernel(GRU_KERNEL)) return gruComposed(x, weights, options);
  const { initialHidden, mask, reverse = false, resetAfter = true, onGradientNorms } = options;
  const { kernel, recurrentKernel, bias, recurrentBias } = weights;
  const inputs = { x, kernel, recurrentKernel, bias, recurrentBias, initialHidden, mask };
  const [outputs, finalHidden, kept] = runFused(GRU_KERNEL, inputs, { reverse, resetAfter, onGradientNorms });
  const gates = options.returnGates ? tf.transpose(kept as tf.Tensor3D, [1, 0, 2]) : undefined;
  kept!.dispose();
  return { outputs: outputs as tf.Tensor3D, finalHidden: finalHidden as tf.Tensor2D, gates };
}

function kernelInputs(tensors: Parameters<typeof namedInputs<tf.TensorInfo>>[0], attributes: GruAttributes) {
  const { names, reverse, resetAfter } = attributes;
  return { ...namedInputs(tensors, names), reverse, resetAfter } as unknown as GruInputs; // names come from `gru`
}

overrideKernel(GRU_KERNEL, ({ inputs, attrs, backend }) => {
  const result = gruForward(backend, kernelInputs(inputs, attrs as unknown as GruAttributes));
  return [result.outputs, result.finalHidden, result.gates];
});

registerFusedGradient({
  kernelName: GRU_KERNEL,
  outputsToSave: [true, false, true],
  gradFunc: (dys, saved, attrs) => {
    const attributes = attrs as unknown as GruAttributes;
    const backend = tf.backend() as SimdBackend;
    const inputs = kernelInputs(saved, attributes);
    const [dOutputs, dFinalHidden] = dys;
    const [outputs, gates] = saved.slice(attributes.names.length) as [tf.Tensor, tf.Tensor];
    const incoming = { outputs: dOutputs, finalHidden: dFinalHidden };
    const gradients = gruBackward(backend, inputs, { outputs, gates }, incoming, attributes.onGradientNorms);
    const stepArguments = track(gradients.arguments);
    return gradientsByPosition(attributes.names, {
      x: () => track(inputGradient(backend, stepArguments, inputs.kernel)),
      kernel: computed(gradients.kernel),
      recurrentKernel: computed(gradients.recurrentKernel),
      bias: computed(gradients.bias),
      recurrentBias: computed(gradients.recurrentBias),
      initialHidden: computed(gradients.initialHidden),
    });
  },
});
