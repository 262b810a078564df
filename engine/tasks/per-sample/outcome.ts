// What a task says of each sample in numbers, of which it has the same for every sample: a probability for each label, or a value. The rest of
// such a task, its samples, batches, answers and files, is the same for all of them and stands in this folder.
import type { SampleTable } from '../../data/samples/sample-table.ts';
import type { OutputWriter } from '../../models/sequence-classifier.ts';
import type { SampleBaseline } from './sample-machine.ts';

export interface Outcome {
  /** The column that holds the truth. */
  readonly column: string;
  /** Labels, or the name of the value. */
  readonly outputs: readonly string[];
  readonly writer: OutputWriter;
  /** [outputs] of a row, as answers are. */
  truthOf(row: number): ArrayLike<number>;
  /** The same as the model learns it. */
  learnedOf(row: number): ArrayLike<number>;
  /** [..., outputs] of the model, as answers are; in place. */
  answered(values: Float64Array): Float64Array;
  /** The inverse: answers as the model gives them. */
  raw(answers: Float64Array): Float64Array;
  /** What the answers of a row add to the loss of validation. */
  costOf(answers: Float64Array, row: number): number;
  /** What is decided by, chosen on validation; absent where answers are what they are. */
  settle?(scored: Scored): readonly number[];
  metric(name: string): { readonly label: string; value(scored: Scored): number };
  /** Of what needs no training, fitted on the training part; each `next` does a part of the work. */
  fitBaselines(): Generator<void, readonly SampleBaseline[], void>;
}

/** Answers to samples whose truth is known. */
export interface Scored {
  readonly count: number;
  /** [count, outputs] */
  readonly truth: Float64Array;
  readonly answers: Float64Array;
  readonly thresholds?: readonly number[] | undefined;
}

/** The task's own part of preparing: which rows have a truth, and what is learned of the training part. */
export interface OutcomeKind<Task> {
  /** The field of the experiment that names the column of the truth. */
  readonly field: string;
  /** @throws HindcastError for a column of another kind, and metrics that there are not */
  open(task: Task, table: SampleTable): OpenOutcome;
}

export interface OpenOutcome {
  /** [rows] whether a row has a truth. */
  isKnown(row: number): boolean;
  /** [rows] what a split by chance is stratified by. */
  readonly strata: readonly string[];
  /** Of a row, for the fingerprint of what is scored. */
  textOf(row: number): string;
  /** @param train @param validation rows with a truth. @throws HindcastError where there is nothing to learn */
  fit(train: readonly number[], validation: readonly number[]): FittedOutcome;
}

export interface FittedOutcome {
  readonly outcome: Outcome;
  /** Plain JSON: enough to answer new samples. */
  readonly state: unknown;
  readonly notes: readonly string[];
}
