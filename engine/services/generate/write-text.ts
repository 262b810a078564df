// The API group `generation`: texts of language models. Written in worker processes.
import { requireWritable, type WritingOptions, type Written } from '../../contract/results/generation.ts';
import { asGenerateTask } from '../../contract/tasks/generate.ts';
import type { RunReference } from '../../contract/values/ids.ts';
import type { RunText } from '../../store/runs/run-texts.ts';
import type { EngineContext } from '../context.ts';
import { askedRun, keyOfWeights } from '../forecasts/asked-run.ts';

interface WriteRequest extends WritingOptions {
  readonly run: RunReference;
  readonly from: number;
  readonly count: number;
}

/** @throws HindcastError `invalid-input` for options that cannot be, `conflict` for a run of another task, and before its first epoch has ended */
export function writeText(
  context: EngineContext,
  { run: reference, from, count, ...options }: WriteRequest,
  signal: AbortSignal | undefined,
): Promise<Written> {
  requireWritable(options);
  const { run, job } = askedRun(context, reference, asGenerateTask);
  const key = JSON.stringify([job.workspacePath, run.id, keyOfWeights(run), options]);
  return context.runJob(
    'write-text',
    { ...job, key, options, from, count },
    { signal, about: `run ${run.id}` },
  );
}

/** Of any task that writes texts while it trains; of others none. */
export function textsOf({ workspace }: EngineContext, reference: RunReference): RunText[] {
  return workspace.texts.read(workspace.runs.resolve(reference));
}
