// The task `caption`: writes a text for an image.
import { CAUSAL_FIELDS } from '../../contract/experiment/model.ts';
import type { CaptionTask } from '../../contract/tasks/caption.ts';
import type { CaptionExperiment } from '../../contract/tasks/caption-experiment.ts';
import { CaptionFrame } from '../../contract/tasks/caption-frame.ts';
import { preparedTask } from '../prepared-task.ts';
import { type PreparedTask, samplesOf, type TaskData, type TaskKind } from '../task-kind.ts';
import { CAPTION_COLUMNS, captionTables } from './caption-csv.ts';
import { prepareCaption } from './prepare.ts';
import { captionsHtml } from './report-section.ts';

export const caption: TaskKind<CaptionTask> = {
  kind: 'caption',
  verb: 'caption',
  keeps: 'texts',
  idleFields: CAUSAL_FIELDS,
  needs: ({ input, target }) => ({ kind: 'samples', columns: [...new Set([input, target])] }),
  targets: ({ target }) => [target],
  inputs: ({ input }) => [input],
  sentence: ({ input, target, targetTokens }) =>
    `Looks at ${input} and writes ${target}, one of its ${targetTokens.by} after the other.`,
  fieldOfColumn: ({ target }, column) => (column === target ? 'task.target' : 'task.input'),
  sizeFields: ['task.patches.step', 'task.mostSteps'],
  stepsPerExample: ({ task }) => task.mostSteps,
  prepare,
  async openReadings(experiment, data) {
    const { name, samples } = samplesOf(data);
    return (await import('./readings.ts')).captionReadings(
      experiment,
      prepareCaption(experiment, samples, name),
    );
  },
  exports: {
    tables: (predictions) => captionTables(CaptionFrame.decode(predictions)),
    columns: CAPTION_COLUMNS,
    report: (predictions) => ({
      title: 'What was written for the test part',
      html: captionsHtml(CaptionFrame.decode(predictions)),
    }),
  },
};

function prepare(experiment: CaptionExperiment, data: TaskData): PreparedTask {
  const { name, samples } = samplesOf(data);
  const prepared = prepareCaption(experiment, samples, name);
  return preparedTask(prepared, [experiment.task.input], async () =>
    (await import('./machine.ts')).openCaption(experiment, prepared),
  );
}
