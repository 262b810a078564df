// The API group `translation`: what a translator writes. Made in worker processes.

import type { SamplePick } from '../../contract/api/part-request.ts';
import {
  requireTranslatable,
  type TranslatingOptions,
  type Translation,
  type TranslationResult,
} from '../../contract/results/translation.ts';
import { asTranslateTask } from '../../contract/tasks/translate.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunReference } from '../../contract/values/ids.ts';
import { resultSentence } from '../../export/report/scores.ts';
import { plainText } from '../../export/report/text.ts';
import type { EngineContext } from '../context.ts';
import { askedRun, keyOfPart } from '../forecasts/asked-run.ts';
import { namedTwice } from '../runs/named-twice.ts';

type Signal = AbortSignal | undefined;

interface TextsRequest extends TranslatingOptions {
  readonly run: RunReference;
  readonly with: readonly RunReference[];
  readonly texts: readonly string[];
}

const subjectOf = (context: EngineContext, reference: RunReference) =>
  askedRun(context, reference, asTranslateTask);

type Member = ReturnType<typeof memberOf>;

function memberOf(context: EngineContext, reference: RunReference) {
  const { run, job } = subjectOf(context, reference);
  return { ...job, runId: run.id };
}

/** @throws HindcastError `invalid-input` for options that cannot be, `conflict` for a run of another task, and before its first epoch has ended */
export function translateTexts(
  context: EngineContext,
  { run: reference, with: others, texts, ...options }: TextsRequest,
  signal: Signal,
): Promise<Translation[]> {
  requireTranslatable(options);
  const [first, ...more] = [reference, ...others].map((one) => memberOf(context, one)) as [
    Member,
    ...Member[],
  ];
  const ids = [first, ...more].map(({ runId }) => runId);
  const twin = namedTwice(ids);
  if (twin !== undefined) {
    const message = `Run ${twin} is named twice; let it write with other runs.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'with' } });
  }
  return context.runJob(
    'translate-texts',
    { ...first, others: more, texts, options },
    { signal, about: ids.map((id) => `run ${id}`).join() },
  );
}

interface ResultRequest {
  readonly run: RunReference;
  readonly part: 'test' | 'validation';
  readonly most: number;
  readonly pick: SamplePick;
}

/** @throws HindcastError `conflict` for a run of another task, and before its first epoch has ended */
export function translationResult(
  context: EngineContext,
  { run: reference, part, most, pick }: ResultRequest,
  signal: Signal,
): Promise<TranslationResult> {
  const { run, task, job } = subjectOf(context, reference);
  const verdict = part === 'test' ? plainText(resultSentence(run, [task.target])) : '';
  const key = keyOfPart({ run, job }, part);
  return context.runJob(
    'translation-result',
    { ...job, part, most, pick, key, verdict },
    { signal, about: `run ${run.id}` },
  );
}
