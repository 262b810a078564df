// Norms of the state's gradient for the composed recurrent ops: an identity around every state, whose backward pass adds up squares.
import * as tf from '@tensorflow/tfjs-core';
import type { GradientNorms } from './recurrent-types.ts';

export interface StateWatch {
  /** The hidden state after step t, for all that reads it. */
  hidden(state: tf.Tensor2D, t: number): tf.Tensor2D;
  /** The new cell state of step t, before padding is looked at. */
  freshCell(state: tf.Tensor2D, t: number): tf.Tensor2D;
  /** The cell state after step t; only its rows at padding count, as the others were seen fresh. `mask` [batch, 1]. */
  passedCell(state: tf.Tensor2D, t: number, mask: tf.Tensor2D): tf.Tensor2D;
}

/** Nothing is watched. */
export const NO_WATCH: StateWatch = {
  hidden: (state) => state,
  freshCell: (state) => state,
  passedCell: (state) => state,
};

interface Watched {
  readonly time: number;
  /** The step that is taken first, so that its gradient comes last. */
  readonly first: number;
  readonly hasCell: boolean;
}

/** Reports to `listener` once the gradient has come back to the first step; steps that it did not reach have norm 0. */
export function watchStates(
  { time, first, hasCell }: Watched,
  listener: (norms: GradientNorms) => void,
): StateWatch {
  const squares = { hidden: new Float64Array(time), cell: new Float64Array(time) };
  const norms = (sums: Float64Array) => Float32Array.from(sums, Math.sqrt);
  const finish = () => {
    const cell = hasCell ? { cell: norms(squares.cell) } : {};
    listener({ hidden: norms(squares.hidden), ...cell });
  };
  return {
    hidden: (state, t) =>
      onGradient(state, (dy) => {
        squares.hidden[t]! += sumOfSquares(dy);
        if (t === first && !hasCell) finish();
      }),
    freshCell: (state, t) =>
      onGradient(state, (dy) => {
        squares.cell[t]! += sumOfSquares(dy);
        if (t === first) finish();
      }),
    passedCell: (state, t, mask) =>
      onGradient(state, (dy) => {
        squares.cell[t]! += sumOfSquares(tf.mul(dy, tf.sub(1, mask)));
      }),
  };
}

function sumOfSquares(x: tf.Tensor): number {
  return tf.tidy(() => tf.sum(tf.square(x)).dataSync()[0]!);
}

/** x itself; `tell` gets its gradient. */
function onGradient(x: tf.Tensor2D, tell: (dy: tf.Tensor2D) => void): tf.Tensor2D {
  const identity = tf.customGrad((value) => ({
    value: tf.clone(value as tf.Tensor2D),
    gradFunc: (dy: tf.Tensor2D) => {
      tell(dy);
      return tf.clone(dy);
    },
  }));
  return identity(x);
}
