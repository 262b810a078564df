// What the steps of SGD and RMSProp share: slots of state beside the parameters, clipping by the global norm, one kernel over all
// parameters in place on the simd backend and stock ops elsewhere.
import * as tf from '@tensorflow/tfjs-core';
import { SimdBackend } from '../backends/simd/backend.ts';
import { type OptimizerTable, withOptimizerTable } from '../backends/simd/kernels/optimizer.ts';
import { unshare } from './adam.ts';
import { clipFactor, globalNormComposed } from './gradient-norm.ts';

/** Arrays in the parameters' order and shapes, owned by the caller; saved and restored with a checkpoint. */
export type Slots = readonly tf.Variable[];

/** Zeros for parameters of these shapes. */
export function createSlots(parameters: readonly tf.Tensor[]): Slots {
  return parameters.map((parameter) => tf.tidy(() => tf.variable(tf.zeros(parameter.shape), false)));
}

export interface OptimizerStep {
  readonly parameters: readonly tf.Variable[];
  /** Not disposed of. */
  readonly gradients: readonly tf.Tensor[];
  /** One or two of the state's arrays for every parameter. */
  readonly slots: readonly Slots[];
  /** Most that the norm of all gradients together may be; no limit if absent. */
  readonly clipNorm: number | undefined;
  /** `scale` is the factor of clipping. */
  readonly inPlace: (backend: SimdBackend, table: OptimizerTable, scale: number) => void;
  /** Updates one parameter and its slots; `gradient` is clipped. */
  readonly composed: (parameter: tf.Variable, gradient: tf.Tensor, slots: readonly tf.Variable[]) => void;
}

/** @returns the norm of all gradients together, before clipping */
export function takeStep(step: OptimizerStep): { readonly gradientNorm: number } {
  const backend = tf.backend();
  return backend instanceof SimdBackend ? stepInPlace(backend, step) : stepComposed(step);
}

function stepInPlace(
  backend: SimdBackend,
  { parameters, gradients, slots, clipNorm, inPlace }: OptimizerStep,
) {
  for (const variable of [...parameters, ...slots.flat()]) unshare(backend, variable);
  const entries = parameters.map((parameter, index) => ({
    parameter,
    gradient: gradients[index]!,
    moments: slots.map((slot) => slot[index]!),
  }));
  return withOptimizerTable(backend, entries, (table) => {
    const gradientNorm = table.gradientNorm();
    inPlace(backend, table, clipFactor(gradientNorm, clipNorm));
    return { gradientNorm };
  });
}

function stepComposed({ parameters, gradients, slots, clipNorm, composed }: OptimizerStep) {
  const gradientNorm = globalNormComposed(gradients);
  const scale = clipFactor(gradientNorm, clipNorm);
  parameters.forEach((parameter, index) => {
    const own = slots.map((slot) => slot[index]!);
    tf.tidy(() => composed(parameter, tf.mul(gradients[index]!, scale), own));
  });
  return { gradientNorm };
}
