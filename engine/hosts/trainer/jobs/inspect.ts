// The job `inspect`: a look inside a run's model. Its process keeps model and data, and is kept itself (see contract/processes/jobs/job.ts).
import type { InspectJob } from '../../../contract/processes/jobs/inside.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import type { Subject } from '../../../inside/forecaster/load.ts';
import { VIEWS } from '../../../inside/views/registry.ts';
import { readKeptWeights } from '../../../store/runs/weights-source.ts';
import { type OpenSource, readTaskData } from '../prepare-job.ts';
import type { Job } from './job.ts';

export const inspectJob: Job<Jobs['inspect']> = {
  async run(input, { openSource }) {
    // The host built view and choice of one line of InsideViews.
    const ask = VIEWS[input.view] as (subject: Subject, choice: unknown) => Promise<unknown>;
    return ask(subjectOf(input, openSource), input.choice);
  },
};

function subjectOf(job: InspectJob, openSource: OpenSource): Subject {
  const { workspacePath, datasetVersionId, experiment, runId, weights, weightsKey, fitted, threads } = job;
  return {
    dataKey: JSON.stringify([workspacePath, datasetVersionId, experiment]),
    weightsKey: `${runId} ${weightsKey}`,
    experiment,
    weights,
    fitted,
    threads,
    readData: () => readTaskData(job, openSource),
    readWeights: async (kind) => readKeptWeights(workspacePath, runId, kind),
  };
}
