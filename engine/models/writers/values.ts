// One or more numbers for a whole sequence.
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { dense, denseSpecs } from '../dense.ts';
import { HEAD, type Writer } from './writer.ts';

/** [batch, units] -> [batch, values] */
export function createValueWriter(units: number, values: number): Writer<Tensor2D, Tensor2D> {
  return {
    specs: denseSpecs(HEAD, units, values),
    answer: (encoding, weight) => dense(encoding, HEAD, weight),
    present: (answer) => answer,
  };
}
