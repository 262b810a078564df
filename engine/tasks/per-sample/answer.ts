// What a trained model says of new samples in labels or values.
import { z } from 'zod';
import type { ExperimentOf } from '../../contract/experiment/experiment.ts';
import { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import { unreadableFitted } from '../read-fitted.ts';
import { type Ahead, samplesOf, type TaskMachine } from '../task-kind.ts';
import { answersToNew } from './answer-new.ts';
import { answersFrame } from './machine.ts';
import type { Outcome } from './outcome.ts';
import type { ReadingTask } from './split-parts.ts';

const FittedSchema = z.object({ version: z.literal(1), outcome: z.unknown(), input: z.unknown() });

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
  const { samples: table } = samplesOf(ahead.data);
  const { outcome, input: state } = fittedOf(ahead.trained.fitted, restore);
  const { outputs, writer, answered } = outcome;
  const { rows, answers, validation, unknown } = await answersToNew({
    experiment,
    ahead,
    table,
    state,
    outputs: outputs.length,
    writer,
    answered,
    openOwn,
  });
  const truth = Float64Array.from([...rows].flatMap((row) => Array.from(outcome.truthIn(table, row))));
  const thresholds = validation && AnswersFrame.decode(validation).header.thresholds;
  return AnswersFrame.encode(
    answersFrame({ table, outcome, part: 'future', rows, truth, answers, thresholds, unknown }),
  );
}

function fittedOf(fitted: unknown, restore: (state: unknown) => RestoredOutcome) {
  try {
    const { outcome, input } = FittedSchema.parse(fitted);
    return { outcome: restore(outcome), input };
  } catch (cause) {
    throw unreadableFitted('data', cause);
  }
}
