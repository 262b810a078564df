// Sets the padding steps of a sequence to zero, even if they contain NaN: multiplying by the mask would give NaN.
import * as tf from '@tensorflow/tfjs-core';
import { maskStepsOf } from '../../backends/simd/kernels/pooling.ts';
import { defineOp } from '../define-op.ts';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly mask: tf.TensorInfo;
}

const maskStepsOp = defineOp<Inputs, object>({
  kernelName: 'HindcastMaskSteps',
  inputsToSave: ['mask'],
  forward: ({ backend, inputs: { x, mask } }) => maskStepsOf(backend, x, mask),
  backward: ({ backend, inputs: { mask }, incoming: [dy] }) => ({ x: () => maskStepsOf(backend, dy!, mask) }),
});

/** x [batch, time, features], mask [batch, time] -> x's shape, 0 where the mask is 0; differentiable in x. */
export function maskSteps(x: tf.Tensor3D, mask: tf.Tensor2D): tf.Tensor3D {
  return maskStepsOp.isAvailable()
    ? (maskStepsOp.run({ x, mask }, {})[0] as tf.Tensor3D)
    : maskStepsComposed(x, mask);
}

/** From stock ops, for every backend; the reference of the fused op. */
export function maskStepsComposed(x: tf.Tensor3D, mask: tf.Tensor2D): tf.Tensor3D {
  const known = tf.broadcastTo(tf.expandDims(tf.notEqual(mask, 0), 2), x.shape);
  return tf.where(known, x, tf.zerosLike(x));
}
