// Layer normalisation over the last axis (Ba, Kiros and Hinton 2016): y = (x - mean) / sqrt(variance + epsilon) gain + bias, with
// the variance of the population. One kernel on the simd backend; elsewhere stock ops do.
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backends/simd/backend.ts';
import {
  type LayerNormInputs,
  layerNormBackward,
  layerNormForward,
} from '../backends/simd/kernels/layer-norm.ts';
import { overrideKernel } from '../backends/simd/register.ts';
import {
  computed,
  type FusedAttributes,
  gradientsByPosition,
  hasKernel,
  namedInputs,
  registerFusedGradient,
  runFused,
} from './fused.ts';

export interface LayerNormWeights {
  /** [features]; 1 if absent. */
  readonly gain?: tf.Tensor1D | undefined;
  /** [features]; 0 if absent. */
  readonly bias?: tf.Tensor1D | undefined;
}

const LAYER_NORM_KERNEL = 'HindcastLayerNorm';
/** Keeps rows of equal values finite; PyTorch's default. */
const EPSILON = 1e-5;

interface LayerNormAttributes extends FusedAttributes {
  readonly epsilon: number;
}

/** x [..., features] -> the same shape; differentiable in x, gain and bias. */
export function layerNorm<T extends tf.Tensor>(x: T, weights: LayerNormWeights, epsilon = EPSILON): T {
  if (!hasKernel(LAYER_NORM_KERNEL)) return layerNormComposed(x, weights, epsilon);
  const { gain, bias } = weights;
  const [outputs, means, scales] = runFused(LAYER_NORM_KERNEL, { x, gain, bias }, { epsilon });
  tf.dispose([means!, scales!]);
  return outputs as T;
}

/** From stock ops, for every backend; the reference of the fused op. */
export function layerNormComposed<T extends tf.Tensor>(
  x: T,
  { gain, bias }: LayerNormWeights,
  epsilon = EPSILON,
): T {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  const normal = tf.div(centred, tf.sqrt(tf.add(variance, epsilon)));
  const scaled = gain ? tf.mul(normal, gain) : normal;
  return (bias ? tf.add(scaled, bias) : scaled) as T;
}

function kernelInputs(
  tensors: Parameters<typeof namedInputs<tf.TensorInfo>>[0],
  attributes: LayerNormAttributes,
) {
  return namedInputs(tensors, attributes.names) as unknown as LayerNormInputs; // names come from `layerNorm`
}

overrideKernel(LAYER_NORM_KERNEL, ({ inputs, attrs, backend }) => {
  const attributes = attrs as unknown as LayerNormAttributes;
  const { outputs, means, scales } = layerNormForward(
    backend,
    kernelInputs(inputs, attributes),
    attributes.epsilon,
  );
  return [outputs, means, scales];
});

registerFusedGradient({
  kernelName: LAYER_NORM_KERNEL,
  outputsToSave: [false, true, true],
  gradFunc: (dys, saved, attrs) => {
    const attributes = attrs as unknown as LayerNormAttributes;
    const backend = tf.backend() as SimdBackend;
    const [means, scales] = saved.slice(attributes.names.length) as [tf.Tensor, tf.Tensor];
    const inputs = kernelInputs(saved, attributes);
    const gradients = layerNormBackward(backend, inputs, { means, scales }, dys[0]!);
    return gradientsByPosition(attributes.names, {
      x: computed(gradients.x),
      gain: computed(gradients.gain),
      bias: computed(gradients.bias),
    });
  },
});
