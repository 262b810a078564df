// The training loop's view of a task: examples, a scalar loss, a validation pass. It knows nothing of windows, horizons or
// classes.
import type { Scalar } from '@tensorflow/tfjs-core';
import type { SampledFrames } from '../contract/tasks/sampled-frames.ts';
import type { NamedArray, ParameterSpec, WeightLookup } from '../models/parameters.ts';
import type { Pass } from '../models/pass.ts';
import type { RandomStream } from './random-streams.ts';

export interface TrainingTask {
  readonly specs: readonly ParameterSpec[];
  readonly trainExamples: number;
  /** Puts examples of one length into one batch, from the random order of an epoch; a function of that order alone. */
  arrange?(order: Uint32Array, batchSize: number): Uint32Array;
  /** Validation metrics beside the loss: `validationMae`, ... */
  readonly metricNames: readonly string[];
  /** What early stopping and the best weights go by, in words, where it is not the validation loss: `macro-F1 on validation`. */
  readonly watches?: string | undefined;
  /** The training examples with these indices as tensors; `augment` brings the random numbers of what changes them. */
  loadBatch(indices: Uint32Array, augment: RandomStream): TaskBatch;
  /** Weights in closed form, instead of steps along the gradient: each `next` does a piece of the work. */
  solve?(): Generator<void, Solution, void>;
  /** What a batch leaves for the next one beside the weights: a part of checkpoints. Absent: nothing. */
  readonly carried?: CarriedState;
  /** For a probe; absent: such a task is not probed. */
  readonly probed?: ProbedExamples;
  /** Goes through the validation part batch by batch; each `next` does one batch, the last one returns the result. */
  validate(weight: WeightLookup): Generator<void, ValidationResult, void>;
}

export interface CarriedState {
  /** Copies. */
  read(): readonly NamedArray[];
  /** Of none: it starts from zeros. */
  write(arrays: readonly NamedArray[]): void;
}

/** A text that the model continued, or wrote for another one, as it is after an epoch. */
export interface SampledText {
  readonly prompt: string;
  readonly text: string;
  /** What would have been right, where that is known. */
  readonly reference?: string | undefined;
}

/** Validation examples whose targets are all known. */
export interface ProbedExamples {
  /** How many there are, at most `most`. */
  count(most: number): number;
  /** That many of them, evenly spaced, as a batch. */
  load(count: number): TaskBatch;
  /** Of an example, as the model reads it. */
  readonly size: { readonly inputs: number; readonly lookback: number; readonly horizon: number };
}

export interface TaskBatch {
  /** Cells (or examples) that the loss is a mean of. */
  readonly count: number;
  /** Mean loss as a scalar on the tape; `pass` brings the random numbers of dropout. */
  loss(weight: WeightLookup, pass: Pass): Scalar;
  dispose(): void;
}

export interface Solution {
  /** Every parameter, in the order of the specs. */
  readonly weights: readonly NamedArray[];
  /** On the training part, and the cells that it is a mean of. */
  readonly loss: number;
  readonly count: number;
}

export interface ValidationResult {
  readonly loss: number;
  /** Of what the task watches; lower is better. */
  readonly watched?: number | undefined;
  /** In the order of `metricNames`. */
  readonly metrics: readonly number[];
  /** Texts that a model drew, where it draws any. */
  readonly texts?: readonly SampledText[] | undefined;
  /** Of a forecaster of frames. */
  readonly frames?: SampledFrames | undefined;
}
