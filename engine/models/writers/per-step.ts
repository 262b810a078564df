// An answer for every step: numbers, or one of several classes.
import type { Tensor3D } from '@tensorflow/tfjs-core';
import { softmax } from '../../ops/softmax.ts';
import { dense, denseSpecs } from '../dense.ts';
import { HEAD, type Writer } from './writer.ts';

export interface StepWriterShape {
  readonly units: number;
  readonly outputs: number;
  /** The outputs are classes. */
  readonly probabilities: boolean;
}

/** [batch, steps, units] -> [batch, steps, outputs]; padding may hold anything. */
export function createStepWriter({
  units,
  outputs,
  probabilities,
}: StepWriterShape): Writer<Tensor3D, Tensor3D> {
  return {
    specs: denseSpecs(HEAD, units, outputs),
    answer: (encoding, weight) => dense(encoding, HEAD, weight),
    present: (answer) => (probabilities ? softmax(answer) : answer),
  };
}
