// The task `estimate`: says a number of a sample.
import type { ExperimentOf } from '../../contract/experiment/experiment.ts';
import { SOLVING_FIELDS } from '../../contract/experiment/model.ts';
import { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import type { EstimateTask } from '../../contract/tasks/estimate.ts';
import { answersSaid, openPrepared } from '../per-sample/open-prepared.ts';
import { prepareAnswers } from '../per-sample/prepare.ts';
import { stepsRead } from '../per-sample/steps-read.ts';
import { samplesOf, type TaskData, type TaskKind } from '../task-kind.ts';
import { ESTIMATE_COLUMNS, estimateTables } from './estimate-csv.ts';
import { restoreValue, valueOutcome } from './outcome.ts';
import { errorsHtml } from './report-section.ts';

export const estimate: TaskKind<EstimateTask> = {
  kind: 'estimate',
  idleFields: SOLVING_FIELDS,
  needs: ({ input, value }) => ({ kind: 'samples', columns: [...new Set([input, value])] }),
  targets: ({ value }) => [value],
  inputs: ({ input }) => [input],
  sentence: ({ input, value }) => `Estimates the ${value} of a sample from its ${input}.`,
  fieldOfColumn: ({ value }, column) => (column === value ? 'task.value' : 'task.input'),
  sizeFields: ['task.mostSteps'],
  stepsPerExample: stepsRead,
  prepare: (experiment, data) => openPrepared(experiment, prepared(experiment, data)),
  async answer(experiment, ahead) {
    const { answerNew } = await import('../per-sample/answer.ts');
    return answerNew({ experiment, ahead, restore: (state) => restoreValue(experiment.task, state) });
  },
  samples: {
    reading: ({ input, value }) => ({ inputColumn: input, valueColumn: value }),
    said: answersSaid,
  },
  openReadings: async (experiment, data) =>
    (await import('../per-sample/readings.ts')).answerReadings(experiment, prepared(experiment, data)),
  exports: {
    tables: (predictions) => estimateTables(AnswersFrame.decode(predictions)),
    columns: ESTIMATE_COLUMNS,
    report: (predictions) => ({
      title: 'Estimates of the test part',
      html: errorsHtml(AnswersFrame.decode(predictions)),
    }),
  },
};

function prepared(experiment: ExperimentOf<EstimateTask>, data: TaskData) {
  const { name, samples } = samplesOf(data);
  return prepareAnswers({ experiment, kind: valueOutcome, table: samples, dataset: name });
}
