// Moves the steps of masked sequences to the end, so that whatever counts from the end sees the same steps for every length of
// padding, on either side.
import * as tf from '@tensorflow/tfjs-core';
import { HindcastError } from '../../contract/values/errors.ts';
import { embedding } from '../../ops/embedding.ts';
import { maskSteps } from '../../ops/pooling/mask-steps.ts';

/** x [batch, time, features] and mask [batch, time] -> both with the steps after the padding, in their order. */
export function alignToEnd(x: tf.Tensor3D, mask: tf.Tensor2D): { x: tf.Tensor3D; mask: tf.Tensor2D } {
  const [batch, time, features] = x.shape;
  const values = mask.dataSync();
  const rows = new Int32Array(batch * time);
  const known = new Float32Array(batch * time);
  for (let entry = 0; entry < batch; entry++) {
    let to = (entry + 1) * time;
    for (let from = to - 1; from >= entry * time; from--) {
      if (values[from] === 0) continue;
      to--;
      rows[to] = from;
      known[to] = 1;
    }
  }
  const aligned = tf.tensor2d(known, [batch, time]);
  const table = tf.reshape(maskSteps(x, mask), [batch * time, features]) as tf.Tensor2D;
  const moved = embedding(table, tf.tensor2d(rows, [batch, time], 'int32')) as tf.Tensor3D;
  return { x: maskSteps(moved, aligned), mask: aligned };
}

/**
 * [batch, time]: how many steps exist before each one.
 * @throws HindcastError `invalid-input` where a sequence has more than `most` steps
 */
export function stepNumbers(mask: tf.Tensor2D, most: number): tf.Tensor2D {
  const [batch, time] = mask.shape;
  const values = mask.dataSync();
  const numbers = new Int32Array(batch * time);
  for (let entry = 0; entry < batch; entry++) {
    let count = 0;
    for (let t = entry * time; t < (entry + 1) * time; t++) {
      numbers[t] = Math.min(count, most - 1);
      if (values[t] !== 0) count++;
      if (count > most) throw tooLong(count, most);
    }
  }
  return tf.tensor2d(numbers, [batch, time], 'int32');
}

function tooLong(steps: number, most: number): HindcastError {
  const message = `A sequence has at least ${steps} steps, but the model was made for ${most}; shorten it, or make a model for longer ones.`;
  return new HindcastError('invalid-input', message, { details: { steps, most } });
}
