// The training loop's view of a task: examples, a scalar loss, a validation pass. It knows nothing of windows, horizons or
// classes.
import type { Scalar } from '@tensorflow/tfjs-core';
import type { ParameterSpec, WeightLookup } from '../models/parameters.ts';
import type { Pass } from '../models/pass.ts';

export interface TrainingTask {
  readonly specs: readonly ParameterSpec[];
  readonly trainExamples: number;
  /** Validation metrics beside the loss: `validationMae`, ... */
  readonly metricNames: readonly string[];
  /** The training examples with these indices as tensors. */
  loadBatch(indices: Uint32Array): TaskBatch;
  /** Goes through the validation part batch by batch; each `next` does one batch, the last one returns the result. */
  validate(weight: WeightLookup): Generator<void, ValidationResult, void>;
}

export interface TaskBatch {
  /** Cells (or examples) that the loss is a mean of. */
  readonly count: number;
  /** Mean loss as a scalar on the tape; `pass` brings the random numbers of dropout. */
  loss(weight: WeightLookup, pass: Pass): Scalar;
  dispose(): void;
}

export interface ValidationResult {
  readonly loss: number;
  /** In the order of `metricNames`. */
  readonly metrics: readonly number[];
}
