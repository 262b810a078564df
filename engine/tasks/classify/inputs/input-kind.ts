// The interface of a kind of input: it is fitted on the training samples and turns samples into sequences of tokens or rows of numbers.
import type { ClassifyTask } from '../../../contract/tasks/classify.ts';
import type { UnknownItems } from '../../../contract/tasks/unknown-items.ts';
import type { SampleValues } from '../../../data/samples/sample-table.ts';
import type { SequenceShape } from '../../../models/sequence-classifier.ts';
import type { Draw } from '../augment-rows.ts';

/** What of a task says how its samples are read. */
export type InputTask = Pick<
  ClassifyTask,
  'tokens' | 'sound' | 'augment' | 'patches' | 'mostSteps' | 'embedding'
>;

/** Numbers of tokens, or [steps, channels] of float32. */
export type Encoded = Int32Array | Float32Array;

export interface FittedInput {
  /** Plain JSON: enough to read new samples. */
  readonly state: { readonly kind: string };
  readonly shape: SequenceShape['input'];
  /** Of a row of the column; at least one step. */
  encode(row: number): Encoded;
  /** The same, changed for a training step; of the same length. Absent where nothing of `task.augment` suits the kind. */
  augmented?(row: number, draw: Draw): Encoded;
  /** Of new samples: what the vocabulary lacks; absent where nothing is unknown, or where it is not looked for. */
  unknownIn?(rows: Iterable<number>): UnknownItems | undefined;
  /** Steps of it, where they are known without reading it. */
  stepsOf?(row: number): number;
}

export type ColumnOf<Kind extends SampleValues['kind']> = Extract<SampleValues, { kind: Kind }>;

export interface InputKind<Column extends SampleValues> {
  /** @param train rows of the training part */
  fit(column: Column, task: InputTask, train: readonly number[]): FittedInput;
  /** Of new samples. @throws HindcastError where `state` is none of this kind */
  restore(state: unknown, column: Column, task: InputTask): FittedInput;
  /** What to know of the samples as the model reads them; `isGrave`: it harms. */
  notes?(
    column: Column,
    fitted: FittedInput,
    train: readonly number[],
  ): { readonly text: string; readonly isGrave: boolean }[];
}
