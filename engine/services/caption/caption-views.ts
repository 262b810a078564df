// The API group `captioning`: what a run writes for images. Made in worker processes.
import type { SamplePick } from '../../contract/api/part-request.ts';
import type { Caption, CaptionResult } from '../../contract/results/captioning.ts';
import { asCaptionTask } from '../../contract/tasks/caption.ts';
import type { RunReference } from '../../contract/values/ids.ts';
import { resultSentence } from '../../export/report/scores.ts';
import { plainText } from '../../export/report/text.ts';
import type { EngineContext } from '../context.ts';
import { askedRun, keyOfPart } from '../forecasts/asked-run.ts';

type Signal = AbortSignal | undefined;

const subjectOf = (context: EngineContext, reference: RunReference) =>
  askedRun(context, reference, asCaptionTask);

interface ResultRequest {
  readonly run: RunReference;
  readonly part: 'test' | 'validation';
  readonly most: number;
  readonly pick: SamplePick;
}

/** @throws HindcastError `conflict` for a run of another task, and before its first epoch has ended */
export function captionResult(
  context: EngineContext,
  { run: reference, part, most, pick }: ResultRequest,
  signal: Signal,
): Promise<CaptionResult> {
  const { run, task, job } = subjectOf(context, reference);
  const verdict = part === 'test' ? plainText(resultSentence(run, [task.target])) : '';
  const key = keyOfPart({ run, job }, part);
  return context.runJob(
    'caption-result',
    { ...job, part, most, pick, key, verdict },
    { signal, about: `run ${run.id}` },
  );
}

interface WriteRequest {
  readonly run: RunReference;
  /** In base64. */
  readonly picture: string;
  readonly beam?: number | undefined;
}

/** @throws HindcastError `file-unreadable` for what is no picture */
export function writtenCaption(
  context: EngineContext,
  { run: reference, picture: content, beam }: WriteRequest,
  signal: Signal,
): Promise<Caption> {
  const { run, task, job } = subjectOf(context, reference);
  const picture = new Uint8Array(Buffer.from(content, 'base64'));
  return context.runJob(
    'caption-write',
    { ...job, picture, beam: beam ?? task.beam },
    { signal, about: `run ${run.id}` },
  );
}
