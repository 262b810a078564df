// The API group `labelling`: what a labeller says. Made in worker processes.
import type { Cell } from '../../contract/classify-result.ts';
import type { RunReference } from '../../contract/ids.ts';
import type { Labelled, LabelResult } from '../../contract/labelling.ts';
import { asLabelTask } from '../../contract/tasks/label.ts';
import { resultSentence } from '../../export/report/scores.ts';
import { plainText } from '../../export/report/text.ts';
import type { EngineContext } from '../context.ts';
import { trainedModel } from '../forecasts/run-forecast.ts';

type Signal = AbortSignal | undefined;

function subjectOf({ workspace }: EngineContext, reference: RunReference) {
  const run = workspace.runs.wholeDetail(workspace.runs.resolve(reference));
  const task = asLabelTask(run.configuration.task);
  const job = {
    workspacePath: workspace.path,
    datasetVersionId: run.datasetVersionId,
    experiment: run.configuration,
    model: trainedModel(workspace, run.id),
    threads: 1,
  };
  return { run, task, job };
}

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
}

/** @throws HindcastError `conflict` for a run of another task, and before its first epoch has ended */
export function labelResult(
  context: EngineContext,
  { run: reference, part, cell, most }: ResultRequest,
  signal: Signal,
): Promise<LabelResult> {
  const { run, task, job } = subjectOf(context, reference);
  // While it trains, each checkpoint has other weights.
  const weights = run.weightsHash ?? run.checkpoints.map(({ kind, step }) => `${kind} ${step}`).join();
  const verdict = part === 'test' ? plainText(resultSentence(run, [task.target])) : '';
  const key = JSON.stringify([job.workspacePath, run.id, weights, part]);
  return context.runJob(
    'label-result',
    { ...job, part, cell, most, key, verdict },
    { signal, about: `run ${run.id}` },
  );
}
