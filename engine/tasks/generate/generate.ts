// The task `generate`: says of a text what comes next.
import type { GenerateTask } from '../../contract/tasks/generate.ts';
import type { GenerateExperiment } from '../../contract/tasks/generate-experiment.ts';
import { GenerateFrame } from '../../contract/tasks/generate-frame.ts';
import { type PreparedTask, samplesOf, type TaskData, type TaskKind } from '../task-kind.ts';
import { GENERATE_COLUMNS, generateTables } from './generate-csv.ts';
import { prepareGenerate } from './prepare.ts';
import { surpriseHtml } from './report-section.ts';
import { countExamples } from './training-windows.ts';

export const generate: TaskKind<GenerateTask> = {
  kind: 'generate',
  verb: 'generate',
  keeps: 'texts',
  needs: ({ input }) => ({ kind: 'samples', columns: [input] }),
  targets: ({ input }) => [input],
  inputs: ({ input }) => [input],
  sentence: ({ input, tokens }) => `Says of ${input} which of its ${tokens.by} comes next.`,
  fieldOfColumn: () => 'task.input',
  sizeFields: ['task.window', 'task.tokens.most'],
  stepsPerExample: ({ task }) => task.window,
  prepare,
  async openReadings(experiment, data) {
    const { name, samples } = samplesOf(data);
    const { generateReadings } = await import('./readings.ts');
    return generateReadings(experiment, prepareGenerate(experiment, samples, name));
  },
  exports: {
    tables: (predictions) => generateTables(GenerateFrame.decode(predictions)),
    columns: GENERATE_COLUMNS,
    report: (predictions) => ({
      title: 'How the test text surprised the model',
      html: surpriseHtml(GenerateFrame.decode(predictions)),
    }),
  },
};

function prepare(experiment: GenerateExperiment, data: TaskData): PreparedTask {
  const { name, samples } = samplesOf(data);
  const prepared = prepareGenerate(experiment, samples, name);
  const { partInfos, stretches, fingerprint, fitted, notes, facts } = prepared;
  const { task, training, model } = experiment;
  const options = {
    window: task.window,
    batchSize: training.batchSize,
    hasState: model.kind !== 'attention',
  };
  return {
    inputNames: [task.input],
    parts: partInfos,
    examples: {
      train: countExamples(stretches.train, options),
      validation: countExamples(stretches.validation, { ...options, hasState: false }),
      test: countExamples(stretches.test, { ...options, hasState: false }),
    },
    fingerprint,
    fitted,
    notes,
    facts,
    open: async () => (await import('./machine.ts')).openGenerate(experiment, prepared),
  };
}
