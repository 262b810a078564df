// The task `video`: says the next frames of a video from those before.
import type { VideoTask } from '../../contract/tasks/video.ts';
import type { VideoExperiment } from '../../contract/tasks/video-experiment.ts';
import { VideoFrame } from '../../contract/tasks/video-frame.ts';
import { preparedTask } from '../prepared-task.ts';
import { type PreparedTask, samplesOf, type TaskData, type TaskKind } from '../task-kind.ts';
import { prepareVideo } from './prepare.ts';
import { stepsHtml } from './report-section.ts';
import { VIDEO_COLUMNS, videoTables } from './video-csv.ts';

export const video: TaskKind<VideoTask> = {
  kind: 'video',
  verb: 'frames',
  keeps: 'frames',
  needs: ({ input }) => ({ kind: 'samples', columns: [input] }),
  targets: ({ input }) => [input],
  inputs: ({ input }) => [input],
  sentence: ({ input, given, ahead }) => `Says the next ${ahead} frames of ${input} from ${given} before.`,
  fieldOfColumn: () => 'task.input',
  sizeFields: ['task.given', 'task.ahead', 'task.embedding'],
  stepsPerExample: ({ task }) => Math.max(task.given, task.ahead),
  prepare,
  async openReadings(experiment, data) {
    const { name, samples } = samplesOf(data);
    return (await import('./readings.ts')).videoReadings(experiment, prepareVideo(experiment, samples, name));
  },
  exports: {
    tables: (predictions) => videoTables(VideoFrame.decode(predictions)),
    columns: VIDEO_COLUMNS,
    report: (predictions) => ({
      title: 'Frames of the test part, step by step',
      html: stepsHtml(VideoFrame.decode(predictions)),
    }),
  },
};

function prepare(experiment: VideoExperiment, data: TaskData): PreparedTask {
  const { name, samples } = samplesOf(data);
  const prepared = prepareVideo(experiment, samples, name);
  return preparedTask(prepared, [experiment.task.input], async () =>
    (await import('./machine.ts')).openVideo(experiment, prepared),
  );
}
