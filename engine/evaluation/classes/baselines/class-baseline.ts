// The interface of a baseline of classification: what a simple method says of the same samples. Each is one file beside this one and a
// line in registry.ts.
import type { BaselineInfo } from '../../../contract/runs/catalogue.ts';
import type { SampleValues } from '../../../data/samples/sample-table.ts';

export interface ClassBaselineInput {
  /** Column or columns that the model reads. */
  readonly columns: readonly SampleValues[];
  readonly classes: number;
  /** [rows] index of the class; -1 where it is not known. */
  readonly labels: Int32Array;
  /** [rows] of windows over time: index of the class that the last known row has; -1 where it is not known. */
  readonly before?: Int32Array | undefined;
  readonly train: readonly number[];
  /** To choose settings by. */
  readonly validation: readonly number[];
}

export interface ClassBaseline extends BaselineInfo {
  /** Null where it does not suit these data. Fitted on the training rows. Each `next` does a part of the work. */
  learn(input: ClassBaselineInput): Generator<void, RowClassifier | null, void>;
}

/** Probabilities of the classes for a row of the table. */
export type RowClassifier = (row: number) => Float64Array;
