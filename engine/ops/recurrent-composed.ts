// The loop over time that the composed recurrent ops share.
import * as tf from '@tensorflow/tfjs-core';
import type { RecurrentOptions } from './recurrent-types.ts';

/** Input [batch, features] and state -> new state; its first tensor is the output. */
export type ComposedStep = (input: tf.Tensor2D, state: readonly tf.Tensor2D[]) => tf.Tensor2D[];

function choose(
  mask: tf.Tensor2D,
  fresh: readonly tf.Tensor2D[],
  old: readonly tf.Tensor2D[],
): tf.Tensor2D[] {
  return fresh.map((tensor, index) => {
    const condition = tf.cast(tf.broadcastTo(mask, tensor.shape), 'bool');
    return tf.where(condition, tensor, old[index]!) as tf.Tensor2D;
  });
}

/** Takes every step in order; at padding the state passes unchanged. */
export function unroll(
  x: tf.Tensor3D,
  start: readonly tf.Tensor2D[],
  options: Pick<RecurrentOptions, 'mask' | 'reverse'>,
  step: ComposedStep,
): { outputs: tf.Tensor3D; state: readonly tf.Tensor2D[] } {
  const [batch, time, features] = x.shape;
  const outputs = new Array<tf.Tensor2D>(time);
  let state = start;
  for (let count = 0; count < time; count++) {
    const t = options.reverse ? time - 1 - count : count;
    const input = tf.reshape(tf.slice(x, [0, t, 0], [batch, 1, features]), [batch, features]) as tf.Tensor2D;
    const fresh = step(input, state);
    state = options.mask ? choose(tf.slice(options.mask, [0, t], [batch, 1]), fresh, state) : fresh;
    outputs[t] = state[0]!;
  }
  return { outputs: tf.stack(outputs, 1) as tf.Tensor3D, state };
}
