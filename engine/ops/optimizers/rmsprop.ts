// One step of RMSProp (Tieleman and Hinton 2012) over all parameters, as in PyTorch:
//   g' = g + decay p, v = alpha v + (1 - alpha) g'^2, b = momentum b + g' / (sqrt(v) + epsilon), p -= rate b.
import * as tf from '@tensorflow/tfjs-core';
import { rmsprop } from '../../backends/simd/kernels/descent.ts';
import { createSlots, type Slots, type StepTaken, takeStep } from './optimizer-step.ts';

export interface RmspropOptions {
  readonly learningRate: number;
  /** Default 0.99. */
  readonly alpha?: number | undefined;
  /** Default 0. */
  readonly momentum?: number | undefined;
  /** Default 1e-8. */
  readonly epsilon?: number | undefined;
  /** Added to the gradient (L2); default 0. */
  readonly weightDecay?: number | undefined;
  /** Most that the norm of all gradients together may be; no limit if absent. */
  readonly clipNorm?: number | undefined;
}

/** Owned by the caller; saved and restored with a checkpoint. */
export interface RmspropState {
  /** v and b, in the parameters' order and shapes; no b without momentum. */
  readonly squares: Slots;
  readonly momenta: Slots;
}

export function createRmspropState(
  parameters: readonly tf.Tensor[],
  { momentum = 0 }: Pick<RmspropOptions, 'momentum'> = {},
): RmspropState {
  return { squares: createSlots(parameters), momenta: momentum === 0 ? [] : createSlots(parameters) };
}

export function disposeRmspropState(state: RmspropState): void {
  tf.dispose([...state.squares, ...state.momenta]);
}

/**
 * Updates the parameters and the state in place, unless a gradient is not finite.
 * @param gradients same order and shapes as the parameters; not disposed of
 */
export function rmspropStep(
  parameters: readonly tf.Variable[],
  gradients: readonly tf.Tensor[],
  state: RmspropState,
  options: RmspropOptions,
): StepTaken {
  const {
    learningRate: rate,
    alpha = 0.99,
    momentum = 0,
    epsilon = 1e-8,
    weightDecay: decay = 0,
    clipNorm,
  } = options;
  return takeStep({
    parameters,
    gradients,
    slots: momentum === 0 ? [state.squares] : [state.squares, state.momenta],
    clipNorm,
    inPlace: (backend, table, scale) =>
      rmsprop(backend, table, { scale, rate, momentum, decay, alpha, epsilon }),
    composed(parameter, clipped, [squares, momenta]) {
      const gradient = tf.add(clipped, tf.mul(parameter, decay));
      squares!.assign(tf.add(tf.mul(squares!, alpha), tf.mul(tf.square(gradient), 1 - alpha)));
      const change = tf.div(gradient, tf.add(tf.sqrt(squares!), epsilon));
      if (momentum !== 0) momenta!.assign(tf.add(tf.mul(momenta!, momentum), change));
      parameter.assign(tf.sub(parameter, tf.mul(momentum === 0 ? change : momenta!, rate)));
    },
  });
}
