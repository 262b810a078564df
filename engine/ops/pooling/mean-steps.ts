// Mean over the steps of a sequence, without padding.
import * as tf from '@tensorflow/tfjs-core';
import { poolMeanBackward, poolMeanForward } from '../../backends/simd/kernels/pooling.ts';
import { defineOp } from '../define-op.ts';
import { maskStepsComposed } from './mask-steps.ts';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly mask?: tf.TensorInfo;
}

const meanStepsOp = defineOp<Inputs, { readonly time: number }>({
  kernelName: 'HindcastMeanSteps',
  inputsToSave: ['mask'],
  forward: ({ backend, inputs: { x, mask } }) => poolMeanForward(backend, x, mask),
  backward: ({ backend, inputs: { mask }, attributes: { time }, incoming: [dy] }) => ({
    x: () => poolMeanBackward(backend, time, mask, dy!),
  }),
});

/**
 * @param x [batch, time, units]
 * @param mask [batch, time], 0 at padding; all steps exist if absent
 * @returns [batch, units], 0 for a sequence without steps; differentiable in x
 */
export function meanSteps(x: tf.Tensor3D, mask?: tf.Tensor2D): tf.Tensor2D {
  if (meanStepsOp.isAvailable()) return meanStepsOp.run({ x, mask }, { time: x.shape[1] })[0] as tf.Tensor2D;
  return mask ? meanStepsComposed(x, mask) : tf.mean(x, 1);
}

/** From stock ops, for every backend; the reference of the fused op. */
export function meanStepsComposed(x: tf.Tensor3D, mask: tf.Tensor2D): tf.Tensor2D {
  const count = tf.sum(tf.cast(tf.notEqual(mask, 0), 'float32'), 1, true); // [batch, 1]
  return tf.div(tf.sum(maskStepsComposed(x, mask), 1), tf.maximum(count, 1));
}
