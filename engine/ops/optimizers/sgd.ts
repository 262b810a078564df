// One step of stochastic gradient descent with momentum over all parameters, as in PyTorch:
//   g' = g + decay p, b = momentum b + g', p -= rate b; Nesterov's form uses g' + momentum b instead of b.
import * as tf from '@tensorflow/tfjs-core';
import { sgd } from '../../backends/simd/kernels/descent.ts';
import { createSlots, type Slots, type StepTaken, takeStep } from './optimizer-step.ts';

export interface SgdOptions {
  readonly learningRate: number;
  /** Default 0. */
  readonly momentum?: number | undefined;
  /** Default false; needs momentum. */
  readonly nesterov?: boolean | undefined;
  /** Added to the gradient (L2); default 0. */
  readonly weightDecay?: number | undefined;
  /** Most that the norm of all gradients together may be; no limit if absent. */
  readonly clipNorm?: number | undefined;
}

/** Owned by the caller; saved and restored with a checkpoint. */
export interface SgdState {
  /** b, in the parameters' order and shapes. */
  readonly momenta: Slots;
}

export const createSgdState = (parameters: readonly tf.Tensor[]): SgdState => ({
  momenta: createSlots(parameters),
});

export function disposeSgdState(state: SgdState): void {
  tf.dispose([...state.momenta]);
}

/**
 * Updates the parameters and the state in place, unless a gradient is not finite.
 * @param gradients same order and shapes as the parameters; not disposed of
 */
export function sgdStep(
  parameters: readonly tf.Variable[],
  gradients: readonly tf.Tensor[],
  state: SgdState,
  options: SgdOptions,
): StepTaken {
  const { learningRate: rate, momentum = 0, nesterov = false, weightDecay: decay = 0, clipNorm } = options;
  return takeStep({
    parameters,
    gradients,
    slots: [state.momenta],
    clipNorm,
    inPlace: (backend, table, scale) => sgd(backend, table, { scale, rate, momentum, decay, nesterov }),
    composed(parameter, clipped, [momenta]) {
      const gradient = tf.add(clipped, tf.mul(parameter, decay));
      if (momentum !== 0) momenta!.assign(tf.add(tf.mul(momenta!, momentum), gradient));
      const heavy = nesterov ? tf.add(gradient, tf.mul(momenta!, momentum)) : momenta!;
      parameter.assign(tf.sub(parameter, tf.mul(momentum === 0 ? gradient : heavy, rate)));
    },
  });
}
