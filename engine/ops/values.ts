// The numbers of a tensor that is needed for nothing else.
import * as tf from '@tensorflow/tfjs-core';

/**
 * A copy; what `make` made is disposed of. A scope that returned the array itself would take longer than most passes: tf.tidy looks for
 * tensors in what it returns, number by number.
 * @param make returns a tensor of its own
 */
export function readValues(make: () => tf.Tensor): Float32Array<ArrayBuffer> {
  const tensor = tf.tidy(make);
  try {
    return (tensor.dataSync() as Float32Array).slice();
  } finally {
    tensor.dispose();
  }
}
