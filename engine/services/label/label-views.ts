// The API group `labelling`: what a labeller says. Made in worker processes.
import type { SamplePick } from '../../contract/api/part-request.ts';
import type { Cell } from '../../contract/results/classify-result.ts';
import type { Labelled, LabelResult } from '../../contract/results/labelling.ts';
import { asLabelTask } from '../../contract/tasks/label.ts';
import type { RunReference } from '../../contract/values/ids.ts';
import { resultSentence } from '../../export/report/scores.ts';
import { plainText } from '../../export/report/text.ts';
import type { EngineContext } from '../context.ts';
import { askedRun, keyOfPart } from '../forecasts/asked-run.ts';

type Signal = AbortSignal | undefined;

const subjectOf = (context: EngineContext, reference: RunReference) =>
  askedRun(context, reference, asLabelTask);

/** @throws HindcastError `conflict` for a run of another task, and before its first epoch has ended */
export function labelNewTexts(
  context: EngineContext,
  { run: reference, texts }: { readonly run: RunReference; readonly texts: readonly string[] },
  signal: Signal,
): Promise<Labelled> {
  const { run, job } = subjectOf(context, reference);
  return context.runJob('label-texts', { ...job, texts }, { signal, about: `run ${run.id}` });
}

interface ResultRequest {
  readonly run: RunReference;
  readonly part: 'test' | 'validation';
  readonly cell?: Cell | undefined;
  readonly most: number;
  readonly pick: SamplePick;
}

/** @throws HindcastError `conflict` for a run of another task, and before its first epoch has ended */
export function labelResult(
  context: EngineContext,
  { run: reference, part, cell, most, pick }: ResultRequest,
  signal: Signal,
): Promise<LabelResult> {
  const { run, task, job } = subjectOf(context, reference);
  const verdict = part === 'test' ? plainText(resultSentence(run, [task.target])) : '';
  const key = keyOfPart({ run, job }, part);
  return context.runJob(
    'label-result',
    { ...job, part, cell, most, pick, key, verdict },
    { signal, about: `run ${run.id}` },
  );
}
