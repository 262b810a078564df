// What the kinds of tasks of this folder share of their interface.
import type { ClassAnswers } from '../../contract/classify-result.ts';
import type { ExperimentOf } from '../../contract/experiment.ts';
import { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import type { PreparedTask } from '../task-kind.ts';
import type { PreparedAnswers } from './prepare.ts';
import type { ReadingTask } from './split-parts.ts';

export function openPrepared(experiment: ExperimentOf<ReadingTask>, prepared: PreparedAnswers): PreparedTask {
  const { parts, partInfos, fingerprint, fitted, notes, facts } = prepared;
  return {
    inputNames: [experiment.task.input],
    parts: partInfos,
    examples: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
    fingerprint,
    fitted,
    notes,
    facts,
    open: async () => (await import('./machine.ts')).openAnswers(experiment, prepared),
  };
}

/** Of new samples, as screens show them. */
export function answersSaid(encoded: Uint8Array): ClassAnswers {
  const { header, columns } = AnswersFrame.decode(encoded);
  return {
    classes: [...header.outputs],
    probabilities: Array.from(columns.sample, (_, row) => columns.answer.map((values) => values[row]!)),
    ...(header.thresholds && { thresholds: [...header.thresholds] }),
  };
}
