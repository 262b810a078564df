// What a worker process needs to know of a run that is put together with others.
import type { EnsembleMemberJob } from '../../contract/processes/jobs/ensemble.ts';
import type { RunDetail } from '../../contract/runs/run.ts';
import type { EngineContext } from '../context.ts';
import { trainedModel } from '../forecasts/run-forecast.ts';
import { requireShownTest } from '../studies/shown-test.ts';

/** @throws HindcastError `conflict` for a run that has no weights, or may not show its test part yet */
export function memberOf({ workspace }: EngineContext, run: RunDetail): EnsembleMemberJob {
  requireShownTest(workspace, run.id);
  return {
    workspacePath: workspace.path,
    datasetVersionId: run.datasetVersionId,
    experiment: run.configuration,
    model: trainedModel(workspace, run.id),
    runId: run.id,
  };
}
