// The loss of a batch of classified samples: cross-entropy, weighted by class and smoothed where that is asked for.
import * as tf from '@tensorflow/tfjs-core';
import type { ClassifyTask } from '../../contract/tasks/classify.ts';
import { deterministicLog } from '../../numerics/deterministic-math.ts';
import { logSoftmax } from '../../ops/log-softmax.ts';
import { crossEntropy } from '../../ops/losses/cross-entropy.ts';

export interface ClassLoss {
  /** On the current backend; the caller disposes of it. */
  truthOf(labels: Int32Array): tf.Tensor;
  /** logits [batch, classes] -> the mean over the samples, on the tape. */
  mean(logits: tf.Tensor2D, truth: tf.Tensor): tf.Scalar;
  /** In float64, of probabilities: what one sample adds, and its weight. */
  ofSample(probabilities: Float64Array, label: number): number;
  weightOf(label: number): number;
}

type Options = Pick<ClassifyTask, 'classWeights' | 'labelSmoothing'>;

const LEAST = 1e-7;

/** @param counts training samples of each class */
export function createClassLoss(
  { classWeights, labelSmoothing }: Options,
  counts: readonly number[],
): ClassLoss {
  const classes = counts.length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const weights = counts.map((count) =>
    classWeights === 'balanced' ? total / (classes * Math.max(1, count)) : 1,
  );
  /** Share of the truth that a class has where another one, or itself, is true. */
  const share = (one: number, label: number) =>
    labelSmoothing / classes + (one === label ? 1 - labelSmoothing : 0);
  const ofSample = (p: Float64Array, label: number): number => {
    let sum = 0;
    for (let one = 0; one < classes; one++) {
      const part = share(one, label);
      if (part > 0) sum -= part * deterministicLog(Math.min(1, Math.max(LEAST, p[one]!)));
    }
    return weights[label]! * sum;
  };
  const weightOf = (label: number) => weights[label]!;
  const isPlain = labelSmoothing === 0 && classWeights === 'none';
  if (isPlain) {
    return {
      truthOf: (labels) => tf.tensor1d(labels, 'int32'),
      mean: (logits, truth) => crossEntropy(logits, truth),
      ofSample,
      weightOf,
    };
  }
  return {
    // Negative shares, divided by the weights of the batch: their product with the logarithms is the mean.
    truthOf(labels) {
      const all = labels.reduce((sum, label) => sum + weights[label]!, 0);
      const cells = new Float32Array(labels.length * classes);
      for (const [row, label] of labels.entries())
        for (let one = 0; one < classes; one++)
          cells[row * classes + one] = (-weights[label]! * share(one, label)) / all;
      return tf.tensor2d(cells, [labels.length, classes]);
    },
    mean: (logits, truth) => tf.sum(tf.mul(logSoftmax(logits), truth)) as tf.Scalar,
    ofSample,
    weightOf,
  };
}
