// A run whose best weights are asked something, and what each job about it needs.

import type { RunDetail } from '../../contract/runs/run.ts';
import type { Task } from '../../contract/tasks/task.ts';
import type { RunReference } from '../../contract/values/ids.ts';
import type { EngineContext } from '../context.ts';
import { trainedModel } from './run-forecast.ts';

/** Kept weights never change under one hash; a training under way replaces them with each checkpoint. */
export const keyOfWeights = ({
  weightsHash,
  checkpoints,
}: Pick<RunDetail, 'weightsHash' | 'checkpoints'>): string =>
  weightsHash ?? checkpoints.map(({ kind, step }) => `${kind} ${step}`).join();

/** @throws HindcastError `conflict` for a run of another task, and before its first epoch has ended */
export function askedRun<Asked extends Task>(
  { workspace }: EngineContext,
  reference: RunReference,
  asTask: (task: Task) => Asked,
) {
  const run = workspace.runs.wholeDetail(workspace.runs.resolve(reference));
  const task = asTask(run.configuration.task);
  const job = {
    workspacePath: workspace.path,
    datasetVersionId: run.datasetVersionId,
    experiment: run.configuration,
    model: trainedModel(workspace, run.id),
    threads: 1,
  };
  return { run, task, job };
}

/** What a job that answers a part needs besides: the answers are kept under the key. */
export const keyOfPart = (
  { run, job }: Pick<ReturnType<typeof askedRun>, 'run' | 'job'>,
  part: 'test' | 'validation',
): string => JSON.stringify([job.workspacePath, run.id, keyOfWeights(run), part]);
