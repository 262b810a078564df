// Cross-entropy of logits against the index of the true class: the mean over the known rows of log(sum e^x) - x[label].
import * as tf from '@tensorflow/tfjs-core';
import {
  type CrossEntropyInputs,
  crossEntropyBackward,
  crossEntropyForward,
} from '../../backends/simd/kernels/loss.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { defineOp } from '../define-op.ts';
import { checkIndices } from '../indices.ts';
import type { LossOptions } from './cell-loss.ts';

const crossEntropyOp = defineOp<CrossEntropyInputs, object>({
  kernelName: 'HindcastCrossEntropy',
  outputsToSave: [false, true, true],
  forward({ backend, inputs }) {
    const { mean, share, logs } = crossEntropyForward(backend, inputs);
    return [mean, share, logs];
  },
  backward: ({ backend, inputs, outputs: [share, logs], incoming: [dy] }) => ({
    logits: crossEntropyBackward(backend, inputs, { share: share!, logs: logs! }, dy!),
  }),
});

/**
 * @param logits [..., classes]
 * @param labels [...], whole numbers from 0 to classes - 1 (anything where the mask is 0)
 * @returns a scalar, differentiable in the logits; 0 where no row is known
 * @throws HindcastError `invalid-input` for a label without a class or shapes that do not fit
 */
export function crossEntropy(logits: tf.Tensor, labels: tf.Tensor, { mask }: LossOptions = {}): tf.Scalar {
  const rows = logits.shape.slice(0, -1);
  const fits = labels.shape.join() === rows.join() && (!mask || mask.shape.join() === rows.join());
  if (!fits) {
    throw new HindcastError(
      'invalid-input',
      `The labels [${labels.shape}] and the mask do not fit the logits [${logits.shape}]: both need the shape [${rows}].`,
    );
  }
  const whole = labels.dtype === 'int32' ? labels : tf.cast(labels, 'int32');
  checkIndices(whole, logits.shape.at(-1)!, 'class label', mask);
  if (!crossEntropyOp.isAvailable()) return crossEntropyComposed(logits, whole, mask);
  const [mean, share, logs] = crossEntropyOp.run({ logits, labels: whole, mask }, {});
  tf.dispose([share!, logs!]);
  return mean as tf.Scalar;
}

/** From stock ops, for every backend; the reference of the fused op. */
export function crossEntropyComposed(logits: tf.Tensor, labels: tf.Tensor, mask?: tf.Tensor): tf.Scalar {
  const known = mask ? tf.cast(tf.notEqual(mask, 0), 'float32') : tf.ones(labels.shape);
  const knownCells = tf.cast(tf.broadcastTo(tf.expandDims(known, -1), logits.shape), 'bool');
  const kept = tf.where(knownCells, logits, tf.zerosLike(logits));
  const classes = logits.shape.at(-1)!;
  const labelled = tf.cast(tf.mul(labels, tf.cast(known, 'int32')), 'int32');
  // The stock op refuses a single class.
  const hits = classes === 1 ? tf.ones(logits.shape) : tf.oneHot(labelled as tf.Tensor1D, classes);
  const costs = tf.neg(tf.sum(tf.mul(tf.logSoftmax(kept), tf.cast(hits, 'float32')), -1));
  return tf.div(tf.sum(tf.mul(costs, known)), tf.maximum(tf.sum(known), 1));
}
