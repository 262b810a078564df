// The API group `generation`: texts of language models. Written in worker processes.
import { requireWritable, type WritingOptions, type Written } from '../../contract/generation.ts';
import type { RunReference } from '../../contract/ids.ts';
import { asGenerateTask } from '../../contract/tasks/generate.ts';
import type { RunText } from '../../store/run-texts.ts';
import type { EngineContext } from '../context.ts';
import { trainedModel } from '../forecasts/run-forecast.ts';

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
  const { workspace } = context;
  const run = workspace.runs.detail(workspace.runs.resolve(reference));
  asGenerateTask(run.configuration.task);
  // While it trains, each checkpoint has other weights.
  const weights = run.weightsHash ?? run.checkpoints.map(({ kind, step }) => `${kind} ${step}`).join();
  const job = {
    workspacePath: workspace.path,
    datasetVersionId: run.datasetVersionId,
    experiment: run.configuration,
    model: trainedModel(workspace, run.id),
    threads: 1,
    key: JSON.stringify([workspace.path, run.id, weights, options]),
    options,
    from,
    count,
  };
  return context.runJob('write-text', job, { signal, about: `run ${run.id}` });
}

/** Of any task that writes texts while it trains; of others none. */
export function textsOf({ workspace }: EngineContext, reference: RunReference): RunText[] {
  return workspace.texts.read(workspace.runs.resolve(reference));
}
