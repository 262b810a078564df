// The vector of the last step of a sequence.
import * as tf from '@tensorflow/tfjs-core';
import { maskSteps } from '../../ops/pooling/mask-steps.ts';

/** [batch, time, units] -> the vector of the last step that exists, [batch, units]; 0 where there is none. */
export function lastOf(x: tf.Tensor3D, mask: tf.Tensor2D | undefined): tf.Tensor2D {
  const [batch, time, units] = x.shape;
  if (!mask) return tf.reshape(tf.slice(x, [0, time - 1, 0], [-1, 1, -1]), [-1, units]);
  const values = mask.dataSync() as Float32Array;
  const isLast = new Float32Array(batch * time);
  for (let entry = 0; entry < batch; entry++) {
    const row = values.subarray(entry * time, (entry + 1) * time);
    const last = row.findLastIndex((value) => value !== 0);
    if (last >= 0) isLast[entry * time + last] = 1;
  }
  return tf.sum(maskSteps(x, tf.tensor2d(isLast, [batch, time])), 1);
}
