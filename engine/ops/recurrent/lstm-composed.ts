// The LSTM from stock tfjs ops, step by step, with gradients from the tape: it runs on every backend. The reference for the fused
// op, and the fallback where there is none.
import * as tf from '@tensorflow/tfjs-core';
import { unroll } from './recurrent-composed.ts';
import type { LstmOptions, LstmResult, LstmWeights } from './recurrent-types.ts';

/** As `lstm`; see there. */
export function lstmComposed(x: tf.Tensor3D, weights: LstmWeights, options: LstmOptions = {}): LstmResult {
  const [batch] = x.shape;
  const units = weights.recurrentKernel.shape[0];
  const zeros = () => tf.zeros<tf.Rank.R2>([batch, units]);
  const start = [options.initialHidden ?? zeros(), options.initialCell ?? zeros()];
  const { outputs, state, gates, cells } = unroll(x, start, options, (input, [hidden, cell], watchCell) => {
    const z = tf.add(
      tf.add(tf.matMul(input, weights.kernel), tf.matMul(hidden!, weights.recurrentKernel)),
      weights.bias,
    ); // [batch, 4 * units]
    const parts = tf.split(z, 4, 1);
    const [i, f, o] = [parts[0]!, parts[1]!, parts[3]!].map((argument) => tf.sigmoid(argument));
    const g = tf.tanh(parts[2]!);
    const next = watchCell(tf.add(tf.mul(f!, cell!), tf.mul(i!, g)));
    return { state: [tf.mul(o!, tf.tanh(next)), next], gates: [i!, f!, g, o!] };
  });
  return { outputs, finalHidden: state[0]!, finalCell: state[1]!, ...(gates && { gates, cells }) };
}
