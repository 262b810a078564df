// The task `label`: says of each word or letter of a text which class it is of.

import type { SampleTable } from '../../contract/datasets/sample-values.ts';
import { type LabelTask, mostStepsOf } from '../../contract/tasks/label.ts';
import type { LabelExperiment } from '../../contract/tasks/label-experiment.ts';
import { LabelFrame } from '../../contract/tasks/label-frame.ts';
import { preparedTask } from '../prepared-task.ts';
import { ofRows } from '../series-samples.ts';
import { type PreparedTask, samplesOf, seriesOf, type TaskData, type TaskKind } from '../task-kind.ts';
import { LABEL_COLUMNS, labelTables } from './label-csv.ts';
import { prepareLabel } from './prepare.ts';
import { labelsHtml } from './report-section.ts';
import { stretchesOf } from './stretches.ts';

export const label: TaskKind<LabelTask> = {
  kind: 'label',
  verb: 'label',
  needs: ({ input, target, window }) =>
    window
      ? { kind: 'series', columns: [...new Set([...window.columns, target])] }
      : { kind: 'samples', columns: [...new Set([input, target])] },
  targets: ({ target }) => [target],
  inputs: ({ input, window }) => window?.columns ?? [input],
  sentence: ({ input, target, tokens, window }) =>
    window
      ? `Says the ${target} of each row from ${window.columns.join(', ')}, ${window.lookback} rows at a time.`
      : `Says the ${target} of each of the ${tokens.by} of ${input}.`,
  fieldOfColumn: ({ target, window }, column) =>
    column === target ? 'task.target' : window ? 'task.window.columns' : 'task.input',
  sizeFields: ['task.mostSteps'],
  // Half of the longest is read of one on average.
  stepsPerExample: ({ task }) => Math.ceil(mostStepsOf(task) / 2),
  prepare,
  async openReadings(experiment, data) {
    const { labelReadings } = await import('./readings.ts');
    return labelReadings(experiment, prepareLabel(experiment, tableOf(experiment, data), data.name));
  },
  exports: {
    tables: (predictions) => labelTables(LabelFrame.decode(predictions)),
    columns: LABEL_COLUMNS,
    report: (predictions) => ({
      title: 'Labels of the test part',
      html: labelsHtml(LabelFrame.decode(predictions)),
    }),
  },
};

function prepare(experiment: LabelExperiment, data: TaskData): PreparedTask {
  const { window, input } = experiment.task;
  const prepared = prepareLabel(experiment, tableOf(experiment, data), data.name);
  const { split } = experiment;
  const { partInfos } = prepared;
  const known = window ? ofRows(partInfos, { split, series: seriesOf(data).series }) : partInfos;
  return preparedTask({ ...prepared, partInfos: known }, [...(window?.columns ?? [input])], async () =>
    (await import('./machine.ts')).openLabel(experiment, prepared),
  );
}

/** Texts of a dataset, or stretches of rows of its series. */
function tableOf({ task, split }: LabelExperiment, data: TaskData): SampleTable {
  const { window } = task;
  return window
    ? stretchesOf(task, window, { split, series: seriesOf(data).series })
    : samplesOf(data).samples;
}
