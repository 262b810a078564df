// The jobs `video-result`, `video-window` and `next-frames`: what screens show of forecast frames, and those of new videos. What was said of the last part is kept while the process
// lives, since the next question is usually about the same run.
import { selectBackend } from '../../../backends/select.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { asVideoTask } from '../../../contract/tasks/video.ts';
import { VideoFrame } from '../../../contract/tasks/video-frame.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { samplesOf } from '../../../tasks/task-kind.ts';
import { nextFrames } from '../../../tasks/video/forecast-new.ts';
import { type PreparedVideo, prepareVideo } from '../../../tasks/video/prepare.ts';
import { forecastIn, resultOf } from '../../../tasks/video/result.ts';
import { type PredictPartJob, predictPart } from '../predict.ts';
import { type OpenSource, readTaskData } from '../prepare-job.ts';
import type { Job } from './job.ts';

interface Kept {
  readonly key: string;
  readonly frame: VideoFrame;
  readonly prepared: PreparedVideo;
}

let kept: Kept | undefined;

async function shownOf(key: string, job: PredictPartJob, openSource: OpenSource): Promise<Kept> {
  if (kept?.key === key) return kept;
  kept = undefined;
  const task = asVideoTask(job.experiment.task);
  const frame = VideoFrame.decode(await predictPart(job, openSource));
  const { samples, name } = samplesOf(await readTaskData(job, openSource));
  kept = { key, frame, prepared: prepareVideo({ ...job.experiment, task }, samples, name) };
  return kept;
}

export const videoResultJob: Job<Jobs['video-result']> = {
  async run({ key, verdict, most, ...job }, { openSource }) {
    const { frame, prepared } = await shownOf(key, job, openSource);
    return { ...resultOf(frame, prepared, most), verdict };
  },
};

export const nextFramesJob: Job<Jobs['next-frames']> = {
  async run({ experiment, model, samples, threads }) {
    const task = asVideoTask(experiment.task);
    await selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads });
    return nextFrames({ ...experiment, task }, model, samples);
  },
};

export const videoWindowJob: Job<Jobs['video-window']> = {
  async run({ key, window, ...job }, { openSource }) {
    const { frame, prepared } = await shownOf(key, job, openSource);
    const found = prepared.parts[job.part][window];
    if (!found)
      throw new HindcastError('not-found', `The ${job.part} part has no window ${window + 1}.`, {
        details: { window },
      });
    const { width, height, channels, given } = frame.header;
    const read = prepared.givenOf(found);
    const truth = prepared.aheadOf(found);
    const joined = (frames: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(frames));
    return {
      width,
      height,
      channels,
      given,
      truth: joined([...read, ...truth]),
      forecast: joined(forecastIn(frame, window)),
      copy: joined(truth.map(() => read.at(-1)!)),
    };
  },
};
