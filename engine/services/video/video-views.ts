// The API group `video`: what a run says of the next frames of videos. Made in worker processes.
import type { ImportSource } from '../../contract/datasets/dataset.ts';
import type { FramesLearned, VideoResult, VideoWindow } from '../../contract/results/video.ts';
import { asVideoTask } from '../../contract/tasks/video.ts';
import type { RunReference } from '../../contract/values/ids.ts';
import { resultSentence } from '../../export/report/scores.ts';
import { plainText } from '../../export/report/text.ts';
import { pictureOptions, readNewSamples } from '../classify/classify-views.ts';
import type { EngineContext } from '../context.ts';
import { askedRun, keyOfPart } from '../forecasts/asked-run.ts';

type Signal = AbortSignal | undefined;

interface PartRequest {
  readonly run: RunReference;
  readonly part: 'test' | 'validation';
}

const subjectOf = (context: EngineContext, reference: RunReference) =>
  askedRun(context, reference, asVideoTask);

/** @throws HindcastError `conflict` for a run of another task, and before its first epoch has ended */
export function videoResult(
  context: EngineContext,
  { run: reference, part, most }: PartRequest & { readonly most: number },
  signal: Signal,
): Promise<VideoResult> {
  const { run, task, job } = subjectOf(context, reference);
  const verdict = part === 'test' ? plainText(resultSentence(run, [task.input])) : '';
  const key = keyOfPart({ run, job }, part);
  return context.runJob(
    'video-result',
    { ...job, part, most, key, verdict },
    { signal, about: `run ${run.id}` },
  );
}

/** @throws HindcastError `not-found` for a window that the part lacks */
export async function videoWindow(
  context: EngineContext,
  { run: reference, part, window }: PartRequest & { readonly window: number },
  signal: Signal,
): Promise<VideoWindow> {
  const { run, job } = subjectOf(context, reference);
  const key = keyOfPart({ run, job }, part);
  const found = await context.runJob(
    'video-window',
    { ...job, part, window, key },
    { signal, about: `run ${run.id}` },
  );
  return {
    ...found,
    truth: blob(found.truth),
    forecast: blob(found.forecast),
    copy: blob(found.copy),
  };
}

const blob = (bytes: Uint8Array) => new Blob([bytes.slice()]);

/** Of any run; null where it kept none. Throws `workspace-damaged`. */
export function framesLearned({ workspace }: EngineContext, reference: RunReference): FramesLearned | null {
  const found = workspace.frames.read(workspace.runs.resolve(reference));
  if (!found) return null;
  const { form, truth, epochs } = found;
  return {
    form,
    truth: blob(truth),
    epochs: epochs.map(({ epoch, psnr, said }) => ({ epoch, psnr, said: blob(said) })),
  };
}

/** @throws HindcastError of reading the file or folder, and for videos that are too short */
export async function nextFramesOf(
  context: EngineContext,
  { run: reference, input }: { readonly run: RunReference; readonly input: ImportSource },
  signal: Signal,
) {
  const { run, task, job } = subjectOf(context, reference);
  const dataset = context.workspace.datasets.detail(run.datasetName, run.datasetVersion);
  const column = dataset.samples?.columns.find(({ name }) => name === task.input);
  const reading = column ? pictureOptions(column) : {};
  const { samples, notes } = await readNewSamples(context, { input, reading }, signal);
  const { videos, short, ...form } = await context.runJob('next-frames', { ...job, samples }, { signal });
  const left = `${short} ${short === 1 ? 'video has' : 'videos have'} fewer than ${task.given} frames and ${short === 1 ? 'was' : 'were'} left out.`;
  return {
    ...form,
    videos: videos.map(({ name, frames }) => ({ name, frames: blob(frames) })),
    notes: short === 0 ? notes : [...notes, left],
  };
}
