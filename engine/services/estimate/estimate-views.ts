// The API group `estimation`: the result of a model that estimates a number. Made in worker processes.
import type { EstimateResult } from '../../contract/results/estimation.ts';
import { asEstimateTask } from '../../contract/tasks/estimate.ts';
import type { RunReference } from '../../contract/values/ids.ts';
import { resultSentence } from '../../export/report/scores.ts';
import { plainText } from '../../export/report/text.ts';
import type { EngineContext } from '../context.ts';
import { askedRun, keyOfPart } from '../forecasts/asked-run.ts';

interface ResultRequest {
  readonly run: RunReference;
  readonly part: 'test' | 'validation';
  readonly most: number;
}

/** @throws HindcastError `conflict` for a run of another task, and before its first epoch has ended */
export function estimateResult(
  context: EngineContext,
  { run: reference, part, most }: ResultRequest,
  signal: AbortSignal | undefined,
): Promise<EstimateResult> {
  const { run, task, job } = askedRun(context, reference, asEstimateTask);
  const verdict = part === 'test' ? plainText(resultSentence(run, [task.value])) : '';
  const input = { ...job, part, most, key: keyOfPart({ run, job }, part), verdict };
  return context.runJob('estimate-result', input, { signal, about: `run ${run.id}` });
}
