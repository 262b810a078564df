// The task `translate`: reads a text and writes another one.
import { CAUSAL_FIELDS } from '../../contract/experiment/model.ts';
import type { TranslateTask } from '../../contract/tasks/translate.ts';
import type { TranslateExperiment } from '../../contract/tasks/translate-experiment.ts';
import { TranslateFrame } from '../../contract/tasks/translate-frame.ts';
import { preparedTask } from '../prepared-task.ts';
import { type PreparedTask, samplesOf, type TaskData, type TaskKind } from '../task-kind.ts';
import { prepareTranslate } from './prepare.ts';
import { writtenHtml } from './report-section.ts';
import { TRANSLATE_COLUMNS, translateTables } from './translate-csv.ts';

export const translate: TaskKind<TranslateTask> = {
  kind: 'translate',
  verb: 'translate',
  keeps: 'texts',
  idleFields: CAUSAL_FIELDS,
  needs: ({ input, target }) => ({ kind: 'samples', columns: [...new Set([input, target])] }),
  targets: ({ target }) => [target],
  inputs: ({ input }) => [input],
  sentence: ({ input, target, targetTokens }) =>
    `Reads ${input} and writes ${target}, one of its ${targetTokens.by} after the other.`,
  fieldOfColumn: ({ target }, column) => (column === target ? 'task.target' : 'task.input'),
  sizeFields: ['task.mostSteps', 'task.targetTokens.most'],
  stepsPerExample: ({ task }) => task.mostSteps,
  prepare,
  async openReadings(experiment, data) {
    const { name, samples } = samplesOf(data);
    const { translateReadings } = await import('./readings.ts');
    return translateReadings(experiment, prepareTranslate(experiment, samples, name));
  },
  ensemble: async (members, asked) => (await import('./ensemble.ts')).translateEnsemble(members, asked),
  exports: {
    tables: (predictions) => translateTables(TranslateFrame.decode(predictions)),
    columns: TRANSLATE_COLUMNS,
    report: (predictions) => ({
      title: 'What was written for the test part',
      html: writtenHtml(TranslateFrame.decode(predictions)),
    }),
  },
};

function prepare(experiment: TranslateExperiment, data: TaskData): PreparedTask {
  const { name, samples } = samplesOf(data);
  const prepared = prepareTranslate(experiment, samples, name);
  return preparedTask(prepared, [experiment.task.input], async () =>
    (await import('./machine.ts')).openTranslate(experiment, prepared),
  );
}
