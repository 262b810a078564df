// The largest value of every unit over the steps of a sequence, without padding. Its gradient goes to the first step with that
// value.
import * as tf from '@tensorflow/tfjs-core';
import { poolMaxBackward, poolMaxForward } from '../../backends/simd/kernels/pooling.ts';
import { defineOp } from '../define-op.ts';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly mask?: tf.TensorInfo | undefined;
}

const maxStepsOp = defineOp<Inputs, { readonly time: number }>({
  kernelName: 'HindcastMaxSteps',
  inputsToSave: [],
  outputsToSave: [false, true],
  forward: ({ backend, inputs: { x, mask } }) => poolMaxForward(backend, x, mask),
  backward: ({ backend, outputs: [steps], incoming: [dy], attributes: { time } }) => ({
    x: () => poolMaxBackward(backend, time, steps!, dy!),
  }),
});

/**
 * @param x [batch, time, units]
 * @param mask [batch, time], 0 at padding; all steps exist if absent
 * @returns [batch, units], 0 for a sequence without steps; differentiable in x
 */
export function maxSteps(x: tf.Tensor3D, mask?: tf.Tensor2D): tf.Tensor2D {
  if (!maxStepsOp.isAvailable()) return maxStepsComposed(x, mask);
  const [most, steps] = maxStepsOp.run({ x, mask }, { time: x.shape[1] });
  steps!.dispose();
  return most as tf.Tensor2D;
}

/** From stock ops, for every backend; the reference of the fused op. */
export function maxStepsComposed(x: tf.Tensor3D, mask?: tf.Tensor2D): tf.Tensor2D {
  const [, time] = x.shape;
  const known = mask ? tf.notEqual(mask, 0) : tf.ones(x.shape.slice(0, 2), 'bool');
  const isKnown = tf.broadcastTo(tf.expandDims(known, 2), x.shape);
  const hidden = tf.where(isKnown, x, tf.fill(x.shape, Number.NEGATIVE_INFINITY));
  const steps = tf.argMax(hidden, 1); // [batch, units]
  // The stock op refuses a single class, and the logical ops have no gradient: two of `where` do their work.
  const hits = tf.slice(tf.oneHot(steps, Math.max(2, time)), [0, 0, 0], [-1, -1, time]); // [batch, units, time]
  const isMost = tf.cast(tf.transpose(hits, [0, 2, 1]), 'bool');
  const none = tf.zerosLike(x);
  return tf.sum(tf.where(isMost, tf.where(isKnown, x, none), none), 1);
}
