// The task `label`: says of each word or letter of a text which class it is of.
import type { LabelTask } from '../../contract/tasks/label.ts';
import type { LabelExperiment } from '../../contract/tasks/label-experiment.ts';
import { LabelFrame } from '../../contract/tasks/label-frame.ts';
import { type PreparedTask, samplesOf, type TaskData, type TaskKind } from '../task-kind.ts';
import { LABEL_COLUMNS, labelTables } from './label-csv.ts';
import { prepareLabel } from './prepare.ts';
import { labelsHtml } from './report-section.ts';

export const label: TaskKind<LabelTask> = {
  kind: 'label',
  needs: ({ input, target }) => ({ kind: 'samples', columns: [...new Set([input, target])] }),
  targets: ({ target }) => [target],
  inputs: ({ input }) => [input],
  sentence: ({ input, target, tokens }) => `Says the ${target} of each of the ${tokens.by} of ${input}.`,
  fieldOfColumn: ({ target }, column) => (column === target ? 'task.target' : 'task.input'),
  sizeFields: ['task.mostSteps'],
  // Half of the longest is read of one on average.
  stepsPerExample: ({ task }) => Math.ceil(task.mostSteps / 2),
  prepare,
  async openReadings(experiment, data) {
    const { name, samples } = samplesOf(data);
    const { labelReadings } = await import('./readings.ts');
    return labelReadings(experiment, prepareLabel(experiment, samples, name));
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
  const { name, samples } = samplesOf(data);
  const prepared = prepareLabel(experiment, samples, name);
  const { parts, partInfos, fingerprint, fitted, notes } = prepared;
  return {
    inputNames: [experiment.task.input],
    parts: partInfos,
    examples: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
    fingerprint,
    fitted,
    notes,
    open: async () => (await import('./machine.ts')).openLabel(experiment, prepared),
  };
}
