// Layer normalisation over the last axis (Ba, Kiros and Hinton 2016): y = (x - mean) / sqrt(variance + epsilon) gain + bias, with
// the variance of the population; also of a sum, as around every part of a Transformer. One kernel on the simd backend; elsewhere
// stock ops do.
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
  track,
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
  const { normal, sum } = runLayerNorm({ x, ...weights }, epsilon);
  sum.dispose();
  return normal as T;
}

export interface NormalizedSum<T> {
  /** x + addend */
  readonly sum: T;
  /** The sum's layer normalisation. */
  readonly normal: T;
}

/** x and addend [..., features] of one shape; both results are differentiable in x, addend, gain and bias. */
export function addLayerNorm<T extends tf.Tensor>(
  x: T,
  addend: T,
  weights: LayerNormWeights,
  epsilon = EPSILON,
): NormalizedSum<T> {
  if (hasKernel(LAYER_NORM_KERNEL))
    return runLayerNorm({ x, addend, ...weights }, epsilon) as NormalizedSum<T>;
  return addLayerNormComposed(x, addend, weights, epsilon);
}

/** From stock ops, for every backend; the reference of the fused op. */
export function addLayerNormComposed<T extends tf.Tensor>(
  x: T,
  addend: T,
  weights: LayerNormWeights,
  epsilon = EPSILON,
): NormalizedSum<T> {
  const sum = tf.add(x, addend) as T;
  return { sum, normal: layerNormComposed(sum, weights, epsilon) };
}

function runLayerNorm(
  { x, addend, gain, bias }: { readonly x: tf.Tensor; readonly addend?: tf.Tensor } & LayerNormWeights,
  epsilon: number,
): NormalizedSum<tf.Tensor> {
  const [normal, means, scales, sum] = runFused(LAYER_NORM_KERNEL, { x, addend, gain, bias }, { epsilon });
  tf.dispose([means!, scales!]);
  return { normal: normal!, sum: sum! };
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

overrideKernel(LAYER_NORM_KERNEL, ({ inputs, attrs, backend }) => {
  const { names, epsilon } = attrs as unknown as LayerNormAttributes;
  const given = namedInputs(inputs, names) as unknown as LayerNormInputs; // names come from `runLayerNorm`
  const { outputs, means, scales, sum } = layerNormForward(backend, given, epsilon);
  return [outputs, means, scales, sum];
});

const WEIGHTS = ['gain', 'bias'];

registerFusedGradient({
  kernelName: LAYER_NORM_KERNEL,
  inputsToSave: WEIGHTS,
  outputsToSave: [false, true, true, true],
  gradFunc: ([dNormal, , , dSum], saved, attrs) => {
    const { names } = attrs as unknown as LayerNormAttributes;
    const weightNames = names.filter((name) => WEIGHTS.includes(name));
    const [means, scales, sum] = saved.slice(weightNames.length) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const weights = namedInputs(saved, weightNames);
    const dy = dNormal ?? tf.zerosLike(sum);
    const backend = tf.backend() as SimdBackend;
    const gradients = layerNormBackward(backend, weights, { sum, means, scales }, dy);
    const throughNormal = track(gradients.sum);
    const dx = dSum ? tf.add(throughNormal, dSum) : throughNormal;
    return gradientsByPosition(names, {
      x: () => dx,
      addend: () => tf.clone(dx),
      gain: computed(gradients.gain),
      bias: computed(gradients.bias),
    });
  },
});
