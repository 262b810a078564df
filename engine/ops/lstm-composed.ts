// The LSTM from stock tfjs ops, step by step: runs on every backend, gradients by the tape. The reference for the
// fused op, and what runs where there is none.
import * as tf from '@tensorflow/tfjs-core';
import type { LstmOptions, LstmResult, LstmWeights } from './lstm.ts';

interface State {
  readonly hidden: tf.Tensor2D;
  readonly cell: tf.Tensor2D;
}

function step(x: tf.Tensor2D, state: State, weights: LstmWeights): State {
  const z = tf.add(
    tf.add(tf.matMul(x, weights.kernel), tf.matMul(state.hidden, weights.recurrentKernel)),
    weights.bias,
  ); // [batch, 4 * units]
  const [i, f, c, o] = tf.split(z, 4, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
  const cell = tf.add(tf.mul(tf.sigmoid(f), state.cell), tf.mul(tf.sigmoid(i), tf.tanh(c))) as tf.Tensor2D;
  return { hidden: tf.mul(tf.sigmoid(o), tf.tanh(cell)), cell };
}

function choose(mask: tf.Tensor2D, fresh: tf.Tensor2D, old: tf.Tensor2D): tf.Tensor2D {
  return tf.where(tf.cast(mask, 'bool'), fresh, old); // mask [batch, 1] broadcasts over units
}

/** As `lstm`; see there. */
export function lstmComposed(x: tf.Tensor3D, weights: LstmWeights, options: LstmOptions = {}): LstmResult {
  const [batch, time] = x.shape;
  const units = weights.recurrentKernel.shape[0];
  let state: State = {
    hidden: options.initialHidden ?? tf.zeros([batch, units]),
    cell: options.initialCell ?? tf.zeros([batch, units]),
  };
  const outputs = new Array<tf.Tensor2D>(time);
  for (let count = 0; count < time; count++) {
    const t = options.reverse ? time - 1 - count : count;
    const next = step(tf.squeeze(tf.slice(x, [0, t, 0], [batch, 1, -1]), [1]), state, weights);
    if (options.mask) {
      const mask = tf.broadcastTo(tf.slice(options.mask, [0, t], [batch, 1]), [batch, units]) as tf.Tensor2D;
      state = {
        hidden: choose(mask, next.hidden, state.hidden),
        cell: choose(mask, next.cell, state.cell),
      };
    } else state = next;
    outputs[t] = state.hidden;
  }
  return { outputs: tf.stack(outputs, 1) as tf.Tensor3D, finalHidden: state.hidden, finalCell: state.cell };
}
