// What a trained model says of new samples: the same for every task that says something of each.
import type { ExperimentOf } from '../../contract/experiment/experiment.ts';
import type { UnknownItems } from '../../contract/tasks/unknown-items.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import { createParameterSet } from '../../models/parameters.ts';
import type { OutputWriter } from '../../models/sequence-classifier.ts';
import { decodeWeights } from '../../training/weights.ts';
import { lengths } from '../classify/batches.ts';
import { restoreInput } from '../classify/inputs/registry.ts';
import { finished } from '../finished.ts';
import { columnOf } from '../sample-split.ts';
import type { Ahead, TaskMachine } from '../task-kind.ts';
import { answersFor, modelFor } from './sample-model.ts';
import type { ReadingTask } from './split-parts.ts';

const SIZE = 64;

interface NewSamples {
  readonly experiment: ExperimentOf<ReadingTask>;
  readonly ahead: Ahead;
  readonly table: SampleTable;
  /** What the run's input was fitted to. */
  readonly state: unknown;
  readonly outputs: number;
  readonly writer: OutputWriter;
  /** [..., outputs] of the model, as answers are. */
  answered(values: Float64Array): Float64Array;
  /** Where something is chosen on validation: the machine of the run's own data. */
  openOwn?: (() => Promise<TaskMachine>) | undefined;
}

interface Answers {
  readonly rows: Int32Array;
  /** [rows, outputs] */
  readonly answers: Float64Array;
  /** The frame of the run's own validation part, where `openOwn` is given. */
  readonly validation: Uint8Array | undefined;
  readonly unknown: UnknownItems | undefined;
}

/** @throws HindcastError `unknown-column` where the samples lack the input, and for damaged weights. */
export async function answersToNew(given: NewSamples): Promise<Answers> {
  const { experiment, ahead, table, state, outputs, writer, answered, openOwn } = given;
  const { task } = experiment;
  const input = restoreInput(state, columnOf(table, task.input), task);
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const lengthOf = lengths(input);
  const longest = rows.reduce((most, row) => Math.max(most, lengthOf(row)), 1);
  const weights = decodeWeights(ahead.trained.weights);
  const mostSteps = Math.max(longest, learnedSteps(weights));
  const model = modelFor(experiment, { input, classes: outputs, writer, mostSteps });
  const own = await openOwn?.();
  await ahead.selectBackend();
  const parameters = createParameterSet(model.specs, weights);
  try {
    const { weight } = parameters;
    return {
      rows,
      answers: finished(answersFor({ input, model, outputs, answered, rows, size: SIZE }, weight)),
      validation: own?.predict(weight, 'validation'),
      unknown: input.unknownIn?.(rows),
    };
  } finally {
    parameters.dispose();
  }
}

/** Learned positions have a row for each step. */
const learnedSteps = (weights: ReturnType<typeof decodeWeights>): number =>
  weights.find(({ name }) => name.startsWith('positions'))?.shape[0] ?? 1;
