// What a trained model says of new samples.
import { z } from 'zod';
import { HindcastError } from '../../contract/errors.ts';
import type { ExperimentOf } from '../../contract/experiment.ts';
import { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import { createParameterSet } from '../../models/parameters.ts';
import { decodeWeights } from '../../training/weights.ts';
import { learnedSteps } from '../classify/answer.ts';
import { lengths } from '../classify/batches.ts';
import { restoreInput } from '../classify/inputs/registry.ts';
import { columnOf } from '../sample-split.ts';
import { type Ahead, samplesOf, type TaskMachine } from '../task-kind.ts';
import { answersFor, answersFrame, finished, modelFor } from './machine.ts';
import type { Outcome } from './outcome.ts';
import type { ReadingTask } from './prepare.ts';

const FittedSchema = z.object({ version: z.literal(1), outcome: z.unknown(), input: z.unknown() });

const SIZE = 64;

/** Of a run: what its outcome was fitted to. */
export type RestoredOutcome = Pick<Outcome, 'column' | 'outputs' | 'writer' | 'answered'> & {
  /** [outputs] of a row of new samples; NaN where it is not known. */
  truthIn(table: SampleTable, row: number): ArrayLike<number>;
};

interface Asked<T extends ReadingTask> {
  readonly experiment: ExperimentOf<T>;
  readonly ahead: Ahead;
  /** @throws where the state is none of the kind */
  restore(state: unknown): RestoredOutcome;
  /** Where thresholds are chosen on validation: the machine of the run's own data. */
  openOwn?(): Promise<TaskMachine>;
}

/** @throws HindcastError `unknown-column` where the samples lack the input, and for damaged weights. */
export async function answerNew<T extends ReadingTask>({
  experiment,
  ahead,
  restore,
  openOwn,
}: Asked<T>): Promise<Uint8Array<ArrayBuffer>> {
  const { task } = experiment;
  const { samples: table } = samplesOf(ahead.data);
  const { outcome, input: state } = fittedOf(ahead.trained.fitted, restore);
  const input = restoreInput(state, columnOf(table, task.input), task);
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const longest = rows.reduce((most, row) => Math.max(most, lengths(input)(row)), 1);
  const weights = decodeWeights(ahead.trained.weights);
  const mostSteps = Math.max(longest, learnedSteps(weights));
  const model = modelFor(experiment, { input, outcome, mostSteps });
  const own = await openOwn?.();
  await ahead.selectBackend();
  const parameters = createParameterSet(model.specs, weights);
  try {
    const answers = finished(answersFor({ input, model, outcome, rows, size: SIZE }, parameters.weight));
    const truth = Float64Array.from([...rows].flatMap((row) => Array.from(outcome.truthIn(table, row))));
    const thresholds = own
      ? AnswersFrame.decode(own.predict(parameters.weight, 'validation')).header.thresholds
      : undefined;
    return AnswersFrame.encode(
      answersFrame({ table, outcome, part: 'future', rows, truth, answers, thresholds }),
    );
  } finally {
    parameters.dispose();
  }
}

function fittedOf(fitted: unknown, restore: (state: unknown) => RestoredOutcome) {
  try {
    const { outcome, input } = FittedSchema.parse(fitted);
    return { outcome: restore(outcome), input };
  } catch (cause) {
    const message = 'What this run learned of its data cannot be read; train the run again.';
    throw new HindcastError('invalid-input', message, { cause });
  }
}
