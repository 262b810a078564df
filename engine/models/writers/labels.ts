// Any number of labels for a whole sequence: one sigmoid each. Its loss is the sigmoid cross-entropy of the answer.
import * as tf from '@tensorflow/tfjs-core';
import { dense, denseSpecs } from '../dense.ts';
import { HEAD, type Writer } from './writer.ts';

/** [batch, units] -> [batch, labels] */
export function createLabelWriter(units: number, labels: number): Writer<tf.Tensor2D, tf.Tensor2D> {
  return {
    specs: denseSpecs(HEAD, units, labels),
    answer: (encoding, weight) => dense(encoding, HEAD, weight),
    present: (answer) => tf.sigmoid(answer),
  };
}
