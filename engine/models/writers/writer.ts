// The interface of a writer: it turns one vector, or one for every step, into a task's answer.
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ParameterSpec, WeightLookup } from '../parameters.ts';

export interface Writer<From extends Tensor, To extends Tensor> {
  readonly specs: readonly ParameterSpec[];
  /** What training learns from: numbers as they are, classes before softmax or sigmoid. */
  answer(encoding: From, weight: WeightLookup): To;
  /** What the user sees of an answer: probabilities for classes and labels. */
  present(answer: To): To;
}

/** Path of a writer's parameters. */
export const HEAD = 'head';
