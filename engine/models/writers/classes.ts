// One of several classes for a whole sequence: softmax. Its loss is the cross-entropy of the answer.
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { softmax } from '../../ops/softmax.ts';
import { dense, denseSpecs } from '../dense.ts';
import { HEAD, type Writer } from './writer.ts';

/** [batch, units] -> [batch, classes] */
export function createClassWriter(units: number, classes: number): Writer<Tensor2D, Tensor2D> {
  return {
    specs: denseSpecs(HEAD, units, classes),
    answer: (encoding, weight) => dense(encoding, HEAD, weight),
    present: (answer) => softmax(answer),
  };
}
