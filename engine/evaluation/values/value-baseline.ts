// The interface of a baseline of numbers: what a simple method says of the same samples. Each is one file beside this one and a line in
// registry.ts.
import type { BaselineInfo } from '../../contract/runs/catalogue.ts';
import type { SampleValues } from '../../data/samples/sample-table.ts';

export interface ValueBaselineInput {
  /** The column that the model reads. */
  readonly column: SampleValues;
  /** [rows]; NaN where it is not known. */
  readonly values: Float64Array;
  readonly train: readonly number[];
  /** To choose settings by. */
  readonly validation: readonly number[];
}

export interface ValueBaseline extends BaselineInfo {
  /** Null where it does not suit these data. Fitted on the training rows. Each `next` does a part of the work. */
  learn(input: ValueBaselineInput): Generator<void, RowEstimator | null, void>;
}

/** The number of a row of the table. */
export type RowEstimator = (row: number) => number;
