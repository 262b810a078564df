// What a worker process needs to know of a run whose forecasts are put together with those of others.
import type { EnsembleJob } from '../../contract/processes/jobs/forecasts.ts';
import type { RunDetail } from '../../contract/runs/run.ts';
import { asForecastTask } from '../../contract/tasks/forecast.ts';
import type { EngineContext } from '../context.ts';
import { requireShownTest } from '../studies/shown-test.ts';
import { trainedModel } from './run-forecast.ts';

/** @throws HindcastError `conflict` for a run that does not forecast, has no weights, or may not show its test part yet */
export function memberOf({ workspace }: EngineContext, run: RunDetail): EnsembleJob['members'][number] {
  asForecastTask(run.configuration.task);
  requireShownTest(workspace, run.id);
  return {
    workspacePath: workspace.path,
    datasetVersionId: run.datasetVersionId,
    experiment: run.configuration,
    model: trainedModel(workspace, run.id),
    runId: run.id,
  };
}
