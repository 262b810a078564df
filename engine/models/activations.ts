// Activations by name, as functions of one tensor.
import * as tf from '@tensorflow/tfjs-core';

/** x Phi(x) with the normal distribution function itself, not its tanh approximation (Hendrycks and Gimpel 2016). */
export function gelu(x: tf.Tensor): tf.Tensor {
  const share = tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
  return tf.mul(x, share);
}
