// One step of Adam (Kingma and Ba 2015) or AdamW (decoupled decay, Loshchilov and Hutter 2019) over all parameters, with
// clipping by the global norm:
//   m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2,
//   p = (1 - rate decay) p - rate / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon).
// The simd backend does it in place in one pass; elsewhere stock ops do.
import * as tf from '@tensorflow/tfjs-core';
import { SimdBackend } from '../backends/simd/backend.ts';
import {
  type AdamNumbers,
  adam as adamKernel,
  withOptimizerTable,
} from '../backends/simd/kernels/optimizer.ts';
import { clipFactor, globalNormComposed } from './gradient-norm.ts';

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
  /** Steps taken. */
  step: number;
  /** Running means of the gradients and of their squares, in the parameters' order and shapes. */
  readonly first: tf.Variable[];
  readonly second: tf.Variable[];
}

/** Zero moments for parameters of these shapes. Dispose of them with `disposeAdamState`. */
export function createAdamState(parameters: readonly tf.Tensor[]): AdamState {
  const zeros = () =>
    parameters.map((parameter) => tf.tidy(() => tf.variable(tf.zeros(parameter.shape), false)));
  return { step: 0, first: zeros(), second: zeros() };
}

export function disposeAdamState(state: AdamState): void {
  tf.dispose([...state.first, ...state.second]);
}

/** base^exponent for a whole exponent by multiplication, which JavaScript's `**` need not be. */
function wholePower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

function numbersOf(options: AdamOptions, step: number, scale: number): AdamNumbers {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
  return {
    scale,
    beta1,
    beta2,
    step: learningRate / (1 - wholePower(beta1, step)),
    root: 1 / Math.sqrt(1 - wholePower(beta2, step)),
    epsilon,
    decay: 1 - learningRate * weightDecay,
  };
}

/**
 * Updates the parameters and the state in place.
 * @param gradients same order and shapes as the parameters; not disposed of
 * @returns the norm of all gradients together, before clipping
 */
export function adamStep(
  parameters: readonly tf.Variable[],
  gradients: readonly tf.Tensor[],
  state: AdamState,
  options: AdamOptions,
): { readonly gradientNorm: number } {
  state.step++;
  const backend = tf.backend();
  return backend instanceof SimdBackend
    ? stepInPlace(backend, parameters, gradients, state, options)
    : stepComposed(parameters, gradients, state, options);
}

/** A variable whose data another tensor shares (a clone kept as a snapshot) gets data of its own before it is written. */
export function unshare(backend: SimdBackend, variable: tf.Variable): void {
  if (backend.refCount(variable.dataId) <= 1) return;
  tf.tidy(() => variable.assign(tf.engine().makeTensorFromTensorInfo(backend.copy(variable))));
}

function stepInPlace(
  backend: SimdBackend,
  parameters: readonly tf.Variable[],
  gradients: readonly tf.Tensor[],
  state: AdamState,
  options: AdamOptions,
) {
  for (const variable of [...parameters, ...state.first, ...state.second]) unshare(backend, variable);
  const entries = parameters.map((parameter, index) => ({
    parameter,
    gradient: gradients[index]!,
    moments: [state.first[index]!, state.second[index]!],
  }));
  return withOptimizerTable(backend, entries, (table) => {
    const gradientNorm = table.gradientNorm();
    adamKernel(backend, table, numbersOf(options, state.step, clipFactor(gradientNorm, options.clipNorm)));
    return { gradientNorm };
  });
}

function stepComposed(
  parameters: readonly tf.Variable[],
  gradients: readonly tf.Tensor[],
  state: AdamState,
  options: AdamOptions,
) {
  const gradientNorm = globalNormComposed(gradients);
  const numbers = numbersOf(options, state.step, clipFactor(gradientNorm, options.clipNorm));
  parameters.forEach((parameter, index) => {
    tf.tidy(() =>
      updateOne(parameter, gradients[index]!, state.first[index]!, state.second[index]!, numbers),
    );
  });
  return { gradientNorm };
}

function updateOne(
  parameter: tf.Variable,
  rawGradient: tf.Tensor,
  first: tf.Variable,
  second: tf.Variable,
  { scale, beta1, beta2, step, root, epsilon, decay }: AdamNumbers,
): void {
  const gradient = tf.mul(rawGradient, scale);
  first.assign(tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1)));
  second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
  const change = tf.div(tf.mul(first, step), tf.add(tf.mul(tf.sqrt(second), root), epsilon));
  parameter.assign(tf.sub(tf.mul(parameter, decay), change));
}
