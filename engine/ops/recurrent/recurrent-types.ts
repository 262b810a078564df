// What the recurrent ops (lstm, gru, rnn) share.
import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { StateGradients } from '../../backends/simd/kernels/recurrent.ts';

export type { StateGradients as GradientNorms, StateSquares } from '../../backends/simd/kernels/recurrent.ts';

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
  /** Goes from the last step to the first; outputs keep the positions of their inputs. */
  readonly reverse?: boolean | undefined;
  /** Also return the gates' activations (and the cells of an LSTM); not differentiable. */
  readonly returnGates?: boolean | undefined;
  /** Called during the backward pass with the norms of the state's gradient at every step. */
  readonly onGradientNorms?: ((norms: StateGradients) => void) | undefined;
}

export interface RecurrentResult {
  /** Hidden state after every step, [batch, time, units]. */
  readonly outputs: Tensor3D;
  /** Hidden state after the last step taken, [batch, units]. */
  readonly finalHidden: Tensor2D;
  /** With `returnGates`: values of the gates after their functions, [batch, time, gates * units]; 0 at padding. */
  readonly gates?: Tensor3D | undefined;
}

export interface RnnWeights extends RecurrentWeights {
  /** [units] */
  readonly bias: Tensor1D;
}

export interface RnnOptions extends Omit<RecurrentOptions, 'returnGates'> {
  /** Default tanh. */
  readonly activation?: 'tanh' | 'relu' | undefined;
}

export type RnnResult = Omit<RecurrentResult, 'gates'>;

export interface GruWeights extends RecurrentWeights {
  /** b, [3 * units] */
  readonly bias: Tensor1D;
  /** c, [3 * units]; zeros if absent. */
  readonly recurrentBias?: Tensor1D | undefined;
}

export interface GruOptions extends RecurrentOptions {
  /** Default true. */
  readonly resetAfter?: boolean | undefined;
}

export type GruResult = RecurrentResult;

export interface LstmWeights extends RecurrentWeights {
  /** [4 * units] */
  readonly bias: Tensor1D;
}

export interface LstmOptions extends RecurrentOptions {
  /** Cell state before the first step, [batch, units]; zeros if absent. */
  readonly initialCell?: Tensor2D | undefined;
}

export interface LstmResult extends RecurrentResult {
  /** Cell state after the last step taken, [batch, units]. */
  readonly finalCell: Tensor2D;
  /** With `returnGates`: cell state after every step, [batch, time, units]. */
  readonly cells?: Tensor3D | undefined;
}
