// The task `tag`: says which labels a sample has, any number of them.
import { SOLVING_FIELDS } from '../../contract/experiment/model.ts';
import { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import type { TagTask } from '../../contract/tasks/tag.ts';
import type { TagExperiment } from '../../contract/tasks/tag-experiment.ts';
import { answersSaid, openPrepared } from '../per-sample/open-prepared.ts';
import { prepareAnswers } from '../per-sample/prepare.ts';
import { stepsRead } from '../per-sample/steps-read.ts';
import { samplesOf, type TaskData, type TaskKind } from '../task-kind.ts';
import { labelsOutcome, restoreLabels } from './outcome.ts';
import { figuresHtml } from './report-section.ts';
import { TAG_COLUMNS, tagTables } from './tag-csv.ts';

export const tag: TaskKind<TagTask> = {
  kind: 'tag',
  idleFields: SOLVING_FIELDS,
  needs: ({ input, labels }) => ({ kind: 'samples', columns: [...new Set([input, labels])] }),
  targets: ({ labels }) => [labels],
  inputs: ({ input }) => [input],
  sentence: ({ input, labels }) =>
    `Says which ${labels} a sample has, any number of them, from its ${input}.`,
  fieldOfColumn: ({ labels }, column) => (column === labels ? 'task.labels' : 'task.input'),
  sizeFields: ['task.mostSteps'],
  stepsPerExample: stepsRead,
  prepare: (experiment, data) => openPrepared(experiment, prepared(experiment, data)),
  async answer(experiment, ahead) {
    const { answerNew } = await import('../per-sample/answer.ts');
    const { openAnswers } = await import('../per-sample/machine.ts');
    return answerNew({
      experiment,
      ahead,
      restore: (state) => restoreLabels(experiment.task, state),
      ...(experiment.task.decision === 'thresholds' && {
        openOwn: async () => openAnswers(experiment, prepared(experiment, await ahead.ownData())),
      }),
    });
  },
  samples: {
    reading: ({ input, labels }) => ({ inputColumn: input, labelColumn: labels, labels: 'several' }),
    said: answersSaid,
  },
  openReadings: async (experiment, data) =>
    (await import('../per-sample/readings.ts')).answerReadings(experiment, prepared(experiment, data)),
  exports: {
    tables: (predictions) => tagTables(AnswersFrame.decode(predictions)),
    columns: TAG_COLUMNS,
    report: (predictions) => ({
      title: 'Labels of the test part',
      html: figuresHtml(AnswersFrame.decode(predictions)),
    }),
  },
};

function prepared(experiment: TagExperiment, data: TaskData) {
  const { name, samples } = samplesOf(data);
  return prepareAnswers({ experiment, kind: labelsOutcome, table: samples, dataset: name });
}
