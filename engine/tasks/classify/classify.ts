// The task `classify`: says of a sample which of several classes it belongs to.

import { SOLVING_FIELDS } from '../../contract/experiment/model.ts';
import type { ClassAnswers } from '../../contract/results/classify-result.ts';
import type { ClassifyTask } from '../../contract/tasks/classify.ts';
import type { ClassifyExperiment } from '../../contract/tasks/classify-experiment.ts';
import { ClassifyFrame } from '../../contract/tasks/classify-frame.ts';
import { stepsRead } from '../per-sample/steps-read.ts';
import { preparedTask } from '../prepared-task.ts';
import { ofRows } from '../series-samples.ts';
import { type PreparedTask, seriesOf, type TaskData, type TaskKind } from '../task-kind.ts';
import { CLASSIFY_COLUMNS, classifyTables } from './classify-csv.ts';
import { prepareClassify } from './prepare.ts';
import { confusionHtml } from './report-section.ts';
import { sourceTable } from './source-table.ts';

export const classify: TaskKind<ClassifyTask> = {
  kind: 'classify',
  idleFields: SOLVING_FIELDS,
  needs: ({ input, label, window }) =>
    window
      ? { kind: 'series', columns: [...new Set([...window.columns, label])] }
      : { kind: 'samples', columns: [...new Set([input, label])] },
  targets: ({ label }) => [label],
  inputs: ({ input, window }) => window?.columns ?? [input],
  sentence: ({ input, label, window }) =>
    window
      ? `Says what ${label} is ${window.ahead} rows after a window of ${window.lookback}: its word, or up or down.`
      : `Says the ${label} of a sample from its ${input}.`,
  fieldOfColumn: ({ label, window }, column) =>
    column === label ? 'task.label' : window ? 'task.window.columns' : 'task.input',
  sizeFields: ['task.mostSteps'],
  stepsPerExample: (experiment, samples) =>
    experiment.task.window?.lookback ?? stepsRead(experiment, samples),
  prepare,
  predictAhead: async (experiment, asked) => (await import('./answer.ts')).answerSamples(experiment, asked),
  answer: async (experiment, asked) => (await import('./answer.ts')).answerSamples(experiment, asked),
  samples: {
    reading: ({ input, label }) => ({ inputColumn: input, labelColumn: label, labels: 'one' }),
    said: classesSaid,
  },
  async openReadings(experiment, data, fitted) {
    const input = fitted === null ? undefined : (await import('./answer.ts')).fittedOf(fitted).input;
    const prepared = prepareClassify(experiment, sourceTable(experiment, data), data.name, input);
    return (await import('./readings.ts')).classifyReadings(experiment, prepared);
  },
  exports: {
    tables: (predictions) => classifyTables(ClassifyFrame.decode(predictions)),
    columns: CLASSIFY_COLUMNS,
    report: (predictions) => ({
      title: 'Classes of the test part',
      html: confusionHtml(ClassifyFrame.decode(predictions)),
    }),
  },
};

function classesSaid(answers: Uint8Array): ClassAnswers {
  const { header, columns } = ClassifyFrame.decode(answers);
  return {
    classes: [...header.classes],
    probabilities: Array.from(columns.sample, (_, row) => columns.probability.map((values) => values[row]!)),
    ...(header.unknown && { unknown: header.unknown }),
  };
}

function prepare(experiment: ClassifyExperiment, data: TaskData): PreparedTask {
  const { window, input } = experiment.task;
  const prepared = prepareClassify(experiment, sourceTable(experiment, data), data.name);
  const { split } = experiment;
  const { partInfos } = prepared;
  const known = window ? ofRows(partInfos, { split, series: seriesOf(data).series }) : partInfos;
  return preparedTask({ ...prepared, partInfos: known }, [...(window?.columns ?? [input])], async () =>
    (await import('./machine.ts')).openClassify(experiment, prepared),
  );
}
