// The job `ensemble`: several runs of one protocol put together into one, as their task does it.
import { selectBackend } from '../../../backends/select.ts';
import type { EnsembleMemberJob } from '../../../contract/processes/jobs/ensemble.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import type { Task } from '../../../contract/tasks/task.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { guardRecord } from '../../../export/csv-guard.ts';
import type { EnsembleMember } from '../../../tasks/task-kind.ts';
import { taskOf } from '../../../tasks/task-of.ts';
import { type OpenSource, readTaskData } from '../prepare-job.ts';
import type { Job } from './job.ts';

export const ensembleJob: Job<Jobs['ensemble']> = {
  async run({ members, way, withTable }, { openSource, progress }) {
    const { kind, ensemble, exports } = taskOf(members[0]!.experiment.task);
    if (!ensemble) throw new HindcastError('conflict', `Runs of the task "${kind}" cannot be put together.`);
    const { predictions, ...found } = await ensemble(
      members.map((member) => memberOf(member, openSource)),
      { way, withPredictions: withTable, progress },
    );
    const [lines] = predictions ? Object.values(exports.tables(predictions)) : [];
    return { ...found, table: lines ? `${lines.map(guardRecord).join('\n')}\n` : null };
  },
};

export function memberOf(job: EnsembleMemberJob, openSource: OpenSource): EnsembleMember<Task> {
  const { runId, experiment, model: trained } = job;
  const { backend, allowBackendFallback: allowFallback } = experiment;
  return {
    runId,
    experiment,
    trained,
    data: () => readTaskData(job, openSource),
    selectBackend: () => selectBackend(backend, { allowFallback, threads: 1 }),
  };
}
