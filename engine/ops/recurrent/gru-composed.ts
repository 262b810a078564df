// The GRU from stock tfjs ops, step by step, for every backend; the reference for the fused op.
import * as tf from '@tensorflow/tfjs-core';
import { unroll } from './recurrent-composed.ts';
import type { GruOptions, GruResult, GruWeights } from './recurrent-types.ts';

/** As `gru`; see there. */
export function gruComposed(x: tf.Tensor3D, weights: GruWeights, options: GruOptions = {}): GruResult {
  const { kernel, recurrentKernel, bias } = weights;
  const units = recurrentKernel.shape[0];
  const recurrentBias = weights.recurrentBias ?? tf.zeros<tf.Rank.R1>([3 * units]);
  const [gateKernel, candidateKernel] = tf.split(recurrentKernel, [2 * units, units], 1) as tf.Tensor2D[];
  const [gateBias, candidateBias] = tf.split(recurrentBias, [2 * units, units]) as tf.Tensor1D[];
  const start = options.initialHidden ?? tf.zeros<tf.Rank.R2>([x.shape[0], units]);
  const { outputs, state, gates } = unroll(x, [start], options, (input, states) => {
    const hidden = states[0]!;
    const [inputGates, inputCandidate] = tf.split(
      tf.add(tf.matMul(input, kernel), bias),
      [2 * units, units],
      1,
    ) as tf.Tensor2D[];
    const values = tf.sigmoid(tf.add(inputGates!, tf.add(tf.matMul(hidden, gateKernel!), gateBias!)));
    const [z, r] = tf.split(values, 2, 1) as tf.Tensor2D[];
    const isBefore = options.resetAfter === false;
    const q: tf.Tensor2D = isBefore
      ? tf.mul(r!, hidden)
      : tf.add(tf.matMul(hidden, candidateKernel!), candidateBias!);
    const recurrent = isBefore ? tf.add(tf.matMul(q, candidateKernel!), candidateBias!) : tf.mul(r!, q);
    const n = tf.tanh(tf.add(inputCandidate!, recurrent));
    return { state: [tf.add(tf.mul(tf.sub(1, z!), n), tf.mul(z!, hidden))], gates: [z!, r!, n, q] };
  });
  return { outputs, finalHidden: state[0]!, gates };
}
