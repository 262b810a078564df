// The loss of classes, cross-entropy: -ln of the probability of the true class, by step. On the tape it takes logits; `sum`
// takes probabilities.
import * as tf from '@tensorflow/tfjs-core';
import { deterministicLog } from '../../numerics/deterministic-math.ts';
import { crossEntropy as crossEntropyLoss } from '../../ops/losses/cross-entropy.ts';
import { CLASSES, classLabels, firstWithoutClass } from './class-labels.ts';
import { type LossFunction, sumOfCells } from './loss-function.ts';

/** Probabilities are taken as at least this, so that their logarithm stays finite. */
const LEAST_PROBABILITY = 1e-7;

export const crossEntropy: LossFunction = {
  wants: { words: CLASSES, firstUnfit: firstWithoutClass },
  /** @throws HindcastError `invalid-input` where the targets are no classes */
  createTruth(cells, [batch, steps, targets]) {
    const { labels, known } = classLabels(cells.target, cells.mask, targets);
    return { target: tf.tensor2d(labels, [batch, steps], 'int32'), mask: tf.tensor2d(known, [batch, steps]) };
  },
  masked: (answer, { target, mask }) => crossEntropyLoss(answer, target, { mask }),
  /** Times the number of classes: so a mean over cells is a mean over steps. */
  sum: sumOfCells(
    (forecast, target, _choice, targets) =>
      -targets * target * deterministicLog(Math.min(1, Math.max(LEAST_PROBABILITY, forecast))),
  ),
};
