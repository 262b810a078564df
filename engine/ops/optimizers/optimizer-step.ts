// What the steps of Adam, SGD and RMSProp share: state slots beside the parameters, clipping by the global norm, one in-place
// kernel over all parameters on the simd backend, stock ops elsewhere. A step with gradients that are not finite is skipped.
import * as tf from '@tensorflow/tfjs-core';
import { SimdBackend } from '../../backends/simd/backend.ts';
import { type OptimizerTable, withOptimizerTable } from '../../backends/simd/kernels/optimizer.ts';
import { clipFactor, type GradientNorms, gradientNormsComposed } from './gradient-norm.ts';

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

export interface StepTaken {
  /** Before clipping. */
  readonly norms: GradientNorms;
  /** False: a gradient is NaN or infinite, and nothing was changed. */
  readonly taken: boolean;
}

export function takeStep(step: OptimizerStep): StepTaken {
  const backend = tf.backend();
  return backend instanceof SimdBackend ? stepInPlace(backend, step) : stepComposed(step);
}

/** A variable whose data another tensor shares (a clone kept as a snapshot) gets data of its own before it is written. */
function unshare(backend: SimdBackend, variable: tf.Variable): void {
  if (backend.refCount(variable.dataId) <= 1) return;
  tf.tidy(() => variable.assign(tf.engine().makeTensorFromTensorInfo(backend.copy(variable))));
}

function stepInPlace(
  backend: SimdBackend,
  { parameters, gradients, slots, clipNorm, inPlace }: OptimizerStep,
): StepTaken {
  for (const variable of [...parameters, ...slots.flat()]) unshare(backend, variable);
  const entries = parameters.map((parameter, index) => ({
    parameter,
    gradient: gradients[index]!,
    moments: slots.map((slot) => slot[index]!),
  }));
  return withOptimizerTable(backend, entries, (table) => {
    const norms = table.gradientNorms();
    const taken = Number.isFinite(norms.all);
    if (taken) inPlace(backend, table, clipFactor(norms.all, clipNorm));
    return { norms, taken };
  });
}

function stepComposed({ parameters, gradients, slots, clipNorm, composed }: OptimizerStep): StepTaken {
  const norms = gradientNormsComposed(gradients);
  const taken = Number.isFinite(norms.all);
  const scale = clipFactor(norms.all, clipNorm);
  for (const [index, parameter] of taken ? parameters.entries() : []) {
    const own = slots.map((slot) => slot[index]!);
    tf.tidy(() => composed(parameter, tf.mul(gradients[index]!, scale), own));
  }
  return { norms, taken };
}
