// Losses of heads, whose answer has several numbers a cell. Computed on the host in float64, in the order of the cells, on every
// backend; the answer is small beside the model's work.
import * as tf from '@tensorflow/tfjs-core';
import type { AnswerKind } from '../../contract/experiment/losses.ts';
import { DEFAULT_QUANTILES } from '../../contract/tasks/quantiles.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { Head } from '../../models/heads/head.ts';
import { createHead } from '../../models/heads/registry.ts';
import type { LossChoice, LossFunction } from './loss-function.ts';
import { createTruth } from './of-values.ts';

function lossOfHead(answers: AnswerKind): LossFunction {
  const headOf = ({ quantiles }: LossChoice): Head => {
    const head = createHead(answers, quantiles ?? DEFAULT_QUANTILES);
    if (head) return head;
    throw new HindcastError('internal', `answers of the kind "${answers}" have no head`);
  };
  return {
    wants: null,
    createTruth,
    masked(answer, { target, mask }, choice) {
      const head = headOf(choice);
      const mean = tf.customGrad((given, save) => {
        const numbers = (given as tf.Tensor).dataSync() as Float32Array;
        const cells = {
          target: target.dataSync() as Float32Array,
          mask: mask.dataSync() as Float32Array,
        };
        const gradient = new Float32Array(numbers.length);
        const { sum, count } = sumOf(head, numbers, { ...cells, gradient });
        const share = 1 / Math.max(1, count);
        (save as (tensors: tf.Tensor[]) => void)([
          tf.tensor(
            gradient.map((one) => one * share),
            (given as tf.Tensor).shape,
          ),
        ]);
        return {
          value: tf.scalar(sum * share),
          gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(saved[0]!, dy),
        };
      });
      return mean(answer) as tf.Scalar;
    },
    sum({ answers: numbers, target, mask }, choice) {
      if (!numbers) throw new HindcastError('internal', 'a loss of a head was asked without its answers');
      return sumOf(headOf(choice), numbers, { target, mask }).sum;
    },
  };
}

interface JudgedCells {
  readonly target: Float32Array;
  readonly mask: Float32Array;
  /** Filled with that of the sum, by the numbers. */
  readonly gradient?: Float32Array;
}

function sumOf(head: Head, numbers: Float32Array, { target, mask, gradient }: JudgedCells) {
  const { width } = head;
  const own = new Float64Array(width);
  const slopes = new Float64Array(width);
  let sum = 0;
  let count = 0;
  for (let cell = 0; cell < mask.length; cell += 1) {
    if (mask[cell] === 0) continue;
    for (let at = 0; at < width; at += 1) own[at] = numbers[cell * width + at]!;
    sum += head.loss(own, target[cell]!, slopes);
    count += 1;
    gradient?.set(slopes, cell * width);
  }
  return { sum, count };
}

export const pinball = lossOfHead('quantiles');
export const gaussian = lossOfHead('distribution');
