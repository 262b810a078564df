// The task `frames`: says the next frames of a video from those before.
import type { FramesTask } from '../../contract/tasks/frames.ts';
import type { FramesExperiment } from '../../contract/tasks/frames-experiment.ts';
import { FramesFrame } from '../../contract/tasks/frames-frame.ts';
import { type PreparedTask, samplesOf, type TaskData, type TaskKind } from '../task-kind.ts';
import { FRAMES_COLUMNS, framesTables } from './frames-csv.ts';
import { prepareFrames } from './prepare.ts';
import { stepsHtml } from './report-section.ts';

export const frames: TaskKind<FramesTask> = {
  kind: 'frames',
  needs: ({ input }) => ({ kind: 'samples', columns: [input] }),
  targets: ({ input }) => [input],
  inputs: ({ input }) => [input],
  sentence: ({ input, given, ahead }) => `Says the next ${ahead} frames of ${input} from ${given} before.`,
  fieldOfColumn: () => 'task.input',
  sizeFields: ['task.given', 'task.ahead', 'task.embedding'],
  stepsPerExample: ({ task }) => Math.max(task.given, task.ahead),
  prepare,
  exports: {
    tables: (predictions) => framesTables(FramesFrame.decode(predictions)),
    columns: FRAMES_COLUMNS,
    report: (predictions) => ({
      title: 'Frames of the test part, step by step',
      html: stepsHtml(FramesFrame.decode(predictions)),
    }),
  },
};

function prepare(experiment: FramesExperiment, data: TaskData): PreparedTask {
  const { name, samples } = samplesOf(data);
  const prepared = prepareFrames(experiment, samples, name);
  const { parts, partInfos, fingerprint, fitted, notes } = prepared;
  return {
    inputNames: [experiment.task.input],
    parts: partInfos,
    examples: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
    fingerprint,
    fitted,
    notes,
    open: async () => (await import('./machine.ts')).openFrames(experiment, prepared),
  };
}
