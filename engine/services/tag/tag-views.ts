// The API group `tagging`: the result of a model that gives labels. Made in worker processes.

import type { TagChoice, TagResult } from '../../contract/results/tagging.ts';
import { asTagTask } from '../../contract/tasks/tag.ts';
import type { RunReference } from '../../contract/values/ids.ts';
import { resultSentence } from '../../export/report/scores.ts';
import { plainText } from '../../export/report/text.ts';
import type { EngineContext } from '../context.ts';
import { askedRun, keyOfPart } from '../forecasts/asked-run.ts';

interface ResultRequest {
  readonly run: RunReference;
  readonly part: 'test' | 'validation';
  readonly choice?: TagChoice | undefined;
  readonly most: number;
}

/** @throws HindcastError `conflict` for a run of another task, and before its first epoch has ended */
export function tagResult(
  context: EngineContext,
  { run: reference, part, choice, most }: ResultRequest,
  signal: AbortSignal | undefined,
): Promise<TagResult> {
  const { run, task, job } = askedRun(context, reference, asTagTask);
  const verdict = part === 'test' ? plainText(resultSentence(run, [task.labels])) : '';
  const input = { ...job, part, choice, most, key: keyOfPart({ run, job }, part), verdict };
  return context.runJob('tag-result', input, { signal, about: `run ${run.id}` });
}
