// The task `classify`: says of a sample which of several classes it belongs to.

import type { ClassifyTask } from '../../contract/tasks/classify.ts';
import type { ClassifyExperiment } from '../../contract/tasks/classify-experiment.ts';
import { ClassifyFrame } from '../../contract/tasks/classify-frame.ts';
import { type PreparedTask, samplesOf, type TaskData, type TaskKind } from '../task-kind.ts';
import { CLASSIFY_COLUMNS, classifyTables } from './classify-csv.ts';
import { prepareClassify } from './prepare.ts';
import { confusionHtml } from './report-section.ts';

export const classify: TaskKind<ClassifyTask> = {
  kind: 'classify',
  needs: ({ input, label }) => ({ kind: 'samples', columns: [...new Set([input, label])] }),
  targets: ({ label }) => [label],
  inputs: ({ input }) => [input],
  sentence: ({ input, label }) => `Says the ${label} of a sample from its ${input}.`,
  fieldOfColumn: ({ label }, column) => (column === label ? 'task.label' : 'task.input'),
  sizeFields: ['task.mostSteps'],
  // Half of the longest is read of one on average.
  stepsPerExample: ({ task }) => Math.ceil(task.mostSteps / 2),
  prepare,
  answer: async (experiment, asked) => (await import('./answer.ts')).answerSamples(experiment, asked),
  exports: {
    tables: (predictions) => classifyTables(ClassifyFrame.decode(predictions)),
    columns: CLASSIFY_COLUMNS,
    report: (predictions) => ({
      title: 'Classes of the test part',
      html: confusionHtml(ClassifyFrame.decode(predictions)),
    }),
  },
};

function prepare(experiment: ClassifyExperiment, data: TaskData): PreparedTask {
  const { name, samples } = samplesOf(data);
  const prepared = prepareClassify(experiment, samples, name);
  const { partInfos, parts, fingerprint, fitted, notes } = prepared;
  return {
    inputNames: [experiment.task.input],
    parts: partInfos,
    examples: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
    fingerprint,
    fitted,
    notes,
    open: async () => (await import('./machine.ts')).openClassify(experiment, prepared),
  };
}
