// Clipping by the global norm (Pascanu et al. 2013): all gradients are scaled by min(1, limit / (norm + 1e-6)), as
// PyTorch's clip_grad_norm_ does.
import * as tf from '@tensorflow/tfjs-core';

/** Factor that brings gradients of this norm within the limit; 1 without a limit. NaN and infinity pass into it. */
export function clipFactor(norm: number, limit: number | undefined): number {
  if (limit === undefined) return 1;
  const factor = limit / (norm + 1e-6);
  return Math.min(factor, 1);
}

/** Euclidean norm of all tensors together, from stock ops. */
export function globalNormComposed(tensors: readonly tf.Tensor[]): number {
  const sum = tf.tidy(() => {
    const squares = tensors.map((tensor) => tf.sum(tf.square(tensor)));
    return squares.length === 0 ? tf.scalar(0) : tf.addN(squares as tf.Scalar[]);
  });
  const norm = Math.sqrt(sum.dataSync()[0]!);
  sum.dispose();
  return norm;
}
