// What the recurrent ops (lstm, gru, rnn) have in common.
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';

/** Weights of one direction of one layer. The gates lie side by side along the last axis. */
export interface RecurrentWeights {
  /** [features, gates * units] */
  readonly kernel: Tensor2D;
  /** [units, gates * units] */
  readonly recurrentKernel: Tensor2D;
}

export interface RecurrentOptions {
  /** State before the first step, [batch, units]; zeros if absent. */
  readonly initialHidden?: Tensor2D | undefined;
  /**
   * [batch, time], 1 where a step exists and 0 where it is padding. At padding the state passes unchanged, and the output
   * repeats it (Keras's convention; multiply the outputs by the mask for PyTorch's zeros).
   */
  readonly mask?: Tensor2D | undefined;
  /** Goes from the last step to the first; outputs stay at the places of their inputs. */
  readonly reverse?: boolean | undefined;
  /** Also return the gates' activations (and the cells of an LSTM); not differentiable. */
  readonly returnGates?: boolean | undefined;
  /** Called during the backward pass with the norms of the state's gradient at every step. */
  readonly onGradientNorms?: ((norms: GradientNorms) => void) | undefined;
}

/** Euclidean norms over batch and units of the loss's gradient with respect to the state after each step, both [time]. */
export interface GradientNorms {
  /** dL/dh_t */
  readonly hidden: Float32Array;
  /** dL/dc_t; absent where there is no cell. */
  readonly cell?: Float32Array;
}

export interface RecurrentResult {
  /** Hidden state after every step, [batch, time, units]. */
  readonly outputs: Tensor3D;
  /** Hidden state after the last step taken, [batch, units]. */
  readonly finalHidden: Tensor2D;
  /** With `returnGates`: values of the gates after their functions, [batch, time, gates * units]; 0 at padding. */
  readonly gates?: Tensor3D | undefined;
}
