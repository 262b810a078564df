// What the kinds of tasks of this folder share of their interface.

import type { ExperimentOf } from '../../contract/experiment/experiment.ts';
import type { ClassAnswers } from '../../contract/results/classify-result.ts';
import { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import { preparedTask } from '../prepared-task.ts';
import type { PreparedTask } from '../task-kind.ts';
import type { PreparedAnswers } from './prepare.ts';
import type { ReadingTask } from './split-parts.ts';

export const openPrepared = (
  experiment: ExperimentOf<ReadingTask>,
  prepared: PreparedAnswers,
): PreparedTask =>
  preparedTask(prepared, [experiment.task.input], async () =>
    (await import('./machine.ts')).openAnswers(experiment, prepared),
  );

/** Of new samples, as screens show them. */
export function answersSaid(encoded: Uint8Array): ClassAnswers {
  const { header, columns } = AnswersFrame.decode(encoded);
  return {
    classes: [...header.outputs],
    probabilities: Array.from(columns.sample, (_, row) => columns.answer.map((values) => values[row]!)),
    ...(header.thresholds && { thresholds: [...header.thresholds] }),
    ...(header.unknown && { unknown: header.unknown }),
  };
}
