// The LSTM from stock tfjs ops, step by step: runs on every backend, gradients by the tape. The reference for the
// fused op, and what runs where there is none.
import * as tf from '@tensorflow/tfjs-core';
import type { LstmOptions, LstmResult, LstmWeights } from './lstm.ts';
import { unroll } from './recurrent-composed.ts';

/** As `lstm`; see there. */
export function lstmComposed(x: tf.Tensor3D, weights: LstmWeights, options: LstmOptions = {}): LstmResult {
  const [batch] = x.shape;
  const units = weights.recurrentKernel.shape[0];
  const zeros = () => tf.zeros<tf.Rank.R2>([batch, units]);
  const start = [options.initialHidden ?? zeros(), options.initialCell ?? zeros()];
  const { outputs, state } = unroll(x, start, options, (input, [hidden, cell]) => {
    const z = tf.add(
      tf.add(tf.matMul(input, weights.kernel), tf.matMul(hidden!, weights.recurrentKernel)),
      weights.bias,
    ); // [batch, 4 * units]
    const [i, f, g, o] = tf.split(z, 4, 1) as tf.Tensor2D[];
    const kept = tf.mul(tf.sigmoid(f!), cell!);
    const next = tf.add(kept, tf.mul(tf.sigmoid(i!), tf.tanh(g!))) as tf.Tensor2D;
    return [tf.mul(tf.sigmoid(o!), tf.tanh(next)) as tf.Tensor2D, next];
  });
  return { outputs, finalHidden: state[0]!, finalCell: state[1]! };
}
