// Layer normalisation over the last axis (Ba, Kiros and Hinton 2016): y = (x - mean) / sqrt(variance + epsilon) gain + bias, with
// the population variance; also of a sum, as around every part of a Transformer. One kernel on the simd backend; stock ops
// elsewhere.
import * as tf from '@tensorflow/tfjs-core';
import {
  type LayerNormInputs,
  layerNormBackward,
  layerNormForward,
} from '../backends/simd/kernels/layer-norm.ts';
import { defineOp } from './define-op.ts';
import { track } from './fused.ts';

export interface LayerNormWeights {
  /** [features]; 1 if absent. */
  readonly gain?: tf.Tensor1D | undefined;
  /** [features]; 0 if absent. */
  readonly bias?: tf.Tensor1D | undefined;
}

/** Keeps rows of equal values finite; PyTorch's default. */
const EPSILON = 1e-5;

const layerNormOp = defineOp<LayerNormInputs, { readonly epsilon: number }>({
  kernelName: 'HindcastLayerNorm',
  inputsToSave: ['gain', 'bias'],
  outputsToSave: [false, true, true, true],
  forward({ backend, inputs, attributes }) {
    const { outputs, means, scales, sum } = layerNormForward(backend, inputs, attributes.epsilon);
    return [outputs, means, scales, sum];
  },
  backward({ backend, inputs, outputs: [means, scales, sum], incoming: [dNormal, , , dSum] }) {
    const kept = { means: means!, scales: scales!, sum: sum! };
    const dy = dNormal ?? tf.zerosLike(kept.sum);
    const { sum: ofSum, ...ofWeights } = layerNormBackward(backend, inputs, kept, dy);
    const throughNormal = track(ofSum);
    const dx = dSum ? tf.add(throughNormal, dSum) : throughNormal;
    return { x: dx, addend: () => tf.clone(dx), ...ofWeights };
  },
});

/** x [..., features] -> the same shape; differentiable in x, gain and bias. */
export function layerNorm<T extends tf.Tensor>(x: T, weights: LayerNormWeights, epsilon = EPSILON): T {
  if (!layerNormOp.isAvailable()) return layerNormComposed(x, weights, epsilon);
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
  if (layerNormOp.isAvailable()) return runLayerNorm({ x, addend, ...weights }, epsilon) as NormalizedSum<T>;
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
  const [normal, means, scales, sum] = layerNormOp.run({ x, addend, gain, bias }, { epsilon });
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
