// One step of Adam (Kingma and Ba 2015) or AdamW (decoupled decay, Loshchilov and Hutter 2019) over all parameters, with clipping
// by the global norm:
//   m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2,
//   p = (1 - rate decay) p - rate / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon).
// The simd backend updates in place in one pass; elsewhere stock ops are used.
import * as tf from '@tensorflow/tfjs-core';
import { type AdamNumbers, adam as adamKernel } from '../../backends/simd/kernels/optimizer.ts';
import { createSlots, type Slots, type StepTaken, takeStep } from './optimizer-step.ts';

export interface AdamOptions {
  readonly learningRate: number;
  /** Default 0.9. */
  readonly beta1?: number | undefined;
  /** Default 0.999. */
  readonly beta2?: number | undefined;
  /** Default 1e-8. */
  readonly epsilon?: number | undefined;
  /** Decoupled weight decay; default 0. */
  readonly weightDecay?: number | undefined;
  /** Most that the norm of all gradients together may be; no limit if absent. */
  readonly clipNorm?: number | undefined;
}

/** Owned by the caller; saved and restored with a checkpoint. */
export interface AdamState {
  /** beta^t after t steps, as running products: the last bit of JavaScript's `**` differs between engines. */
  beta1Power: number;
  beta2Power: number;
  /** Running means of the gradients and of their squares, in the parameters' order and shapes. */
  readonly first: Slots;
  readonly second: Slots;
}

/** Zero moments for parameters of these shapes. Dispose of them with `disposeAdamState`. */
export function createAdamState(parameters: readonly tf.Tensor[]): AdamState {
  return { beta1Power: 1, beta2Power: 1, first: createSlots(parameters), second: createSlots(parameters) };
}

export function disposeAdamState(state: AdamState): void {
  tf.dispose([...state.first, ...state.second]);
}

/**
 * Updates the parameters and the state in place, unless a gradient is not finite.
 * @param gradients same order and shapes as the parameters; not disposed of
 */
export function adamStep(
  parameters: readonly tf.Variable[],
  gradients: readonly tf.Tensor[],
  state: AdamState,
  options: AdamOptions,
): StepTaken {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0, clipNorm } = options;
  const powers = { beta1Power: state.beta1Power * beta1, beta2Power: state.beta2Power * beta2 };
  const numbers = {
    beta1,
    beta2,
    step: learningRate / (1 - powers.beta1Power),
    root: 1 / Math.sqrt(1 - powers.beta2Power),
    epsilon,
    decay: 1 - learningRate * weightDecay,
  };
  const step = takeStep({
    parameters,
    gradients,
    slots: [state.first, state.second],
    clipNorm,
    inPlace: (backend, table, scale) => adamKernel(backend, table, { ...numbers, scale }),
    composed: (parameter, gradient, [first, second]) =>
      updateOne(parameter, gradient, first!, second!, numbers),
  });
  if (step.taken) Object.assign(state, powers);
  return step;
}

function updateOne(
  parameter: tf.Variable,
  gradient: tf.Tensor,
  first: tf.Variable,
  second: tf.Variable,
  { beta1, beta2, step, root, epsilon, decay }: Omit<AdamNumbers, 'scale'>,
): void {
  first.assign(tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1)));
  second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
  const change = tf.div(tf.mul(first, step), tf.add(tf.mul(tf.sqrt(second), root), epsilon));
  parameter.assign(tf.sub(tf.mul(parameter, decay), change));
}
