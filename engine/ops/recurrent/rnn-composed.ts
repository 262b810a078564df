// The plain RNN from stock tfjs ops, step by step, for every backend; the reference for the fused op.
import * as tf from '@tensorflow/tfjs-core';
import { unroll } from './recurrent-composed.ts';
import type { RnnOptions, RnnResult, RnnWeights } from './recurrent-types.ts';

/** As `rnn`; see there. */
export function rnnComposed(x: tf.Tensor3D, weights: RnnWeights, options: RnnOptions = {}): RnnResult {
  const activation = options.activation === 'relu' ? tf.relu : tf.tanh;
  const units = weights.recurrentKernel.shape[0];
  const start = options.initialHidden ?? tf.zeros<tf.Rank.R2>([x.shape[0], units]);
  const { outputs, state } = unroll(x, [start], options, (input, [hidden]) => {
    const products = tf.add(tf.matMul(input, weights.kernel), tf.matMul(hidden!, weights.recurrentKernel));
    return { state: [activation(tf.add(products, weights.bias)) as tf.Tensor2D] };
  });
  return { outputs, finalHidden: state[0]! };
}
