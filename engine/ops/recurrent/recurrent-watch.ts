// Norms of the state's gradient for the composed recurrent ops: an identity around every state, whose backward pass sums squares.
import * as tf from '@tensorflow/tfjs-core';
import { normsOverBatch } from '../../backends/simd/kernels/recurrent.ts';
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
  readonly batch: number;
  readonly time: number;
  /** The step that is taken first, so that its gradient comes last. */
  readonly first: number;
  readonly hasCell: boolean;
}

/** Reports to `listener` once the gradient has come back to the first step; steps that it did not reach have norm 0. */
export function watchStates(
  { batch, time, first, hasCell }: Watched,
  listener: (norms: GradientNorms) => void,
): StateWatch {
  const hidden = new Float32Array(time * batch);
  const cell = new Float32Array(time * batch);
  const finish = () => {
    const ofCell = hasCell ? { cell: normsOverBatch(cell, batch) } : {};
    const squares = { hidden, ...(hasCell && { cell }) };
    listener({ hidden: normsOverBatch(hidden, batch), ...ofCell, squares });
  };
  return {
    hidden: (state, t) =>
      onGradient(state, (dy) => {
        addSquares(dy, hidden, t * batch);
        if (t === first && !hasCell) finish();
      }),
    freshCell: (state, t) =>
      onGradient(state, (dy) => {
        addSquares(dy, cell, t * batch);
        if (t === first) finish();
      }),
    passedCell: (state, t, mask) =>
      onGradient(state, (dy) => {
        addSquares(tf.mul(dy, tf.sub(1, mask)), cell, t * batch);
      }),
  };
}

/** Adds the squared norm of every row of x to `sums`, from index `first` on. */
function addSquares(x: tf.Tensor, sums: Float32Array, first: number): void {
  const squares = tf.tidy(() => tf.sum(tf.square(x), 1).dataSync());
  for (const [row, square] of squares.entries()) sums[first + row]! += square;
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
