// The model of an experiment for its samples, and what it says of them: the same for training, scores, answers, looks inside and the check of a draft.
import type { ExperimentOf } from '../../contract/experiment/experiment.ts';
import type { Part } from '../../data/prepared.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import {
  createSequenceClassifier,
  type OutputWriter,
  type SequenceClassifier,
} from '../../models/sequence-classifier.ts';
import { readValues } from '../../ops/values.ts';
import { fieldOf, lengths, passes } from '../classify/batches.ts';
import type { FittedInput } from '../classify/inputs/input-kind.ts';
import type { ReadingTask } from './split-parts.ts';

export interface ModelData {
  readonly input: Pick<FittedInput, 'shape'>;
  /** Classes, labels or values. */
  readonly classes: number;
  /** Of the longest sample. */
  readonly mostSteps: number;
  readonly writer?: OutputWriter | undefined;
}

export const modelFor = (
  { model, task }: Pick<ExperimentOf<ReadingTask>, 'model' | 'task'>,
  { input, classes, mostSteps, writer }: ModelData,
): SequenceClassifier =>
  createSequenceClassifier(model, { input: input.shape, classes, mostSteps, readout: task.readout, writer });

/** Steps of the longest sample of all parts. */
export function longestOf(parts: Readonly<Record<Part, Int32Array>>, input: FittedInput): number {
  const lengthOf = lengths(input);
  let longest = 1;
  for (const rows of Object.values(parts)) for (const row of rows) longest = Math.max(longest, lengthOf(row));
  return longest;
}

interface Answering {
  readonly input: FittedInput;
  readonly model: SequenceClassifier;
  readonly outputs: number;
  /** [..., outputs] of the model, as answers are. */
  answered(values: Float64Array): Float64Array;
  readonly rows: Int32Array;
  /** Most samples of a batch. */
  readonly size: number;
}

/** [rows, outputs]; each `next` does a batch. */
export function* answersFor(
  { input, model, outputs, answered, rows, size }: Answering,
  weight: WeightLookup,
): Generator<void, Float64Array, void> {
  const answers = new Float64Array(rows.length * outputs);
  let at = 0;
  for (const some of passes(input, rows, size)) {
    const found = readValues(() => model.predict(fieldOf(input, some), weight));
    answers.set(answered(Float64Array.from(found)), at);
    at += found.length;
    yield;
  }
  return answers;
}

/** [rows, outputs] -> [outputs][rows] */
export const byOutput = (values: Float64Array, outputs: number): Float64Array[] =>
  Array.from({ length: outputs }, (_, output) =>
    Float64Array.from({ length: values.length / outputs }, (_row, row) => values[row * outputs + output]!),
  );
