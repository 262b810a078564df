// The job `export`: a trained model as files that other programs load, if its task has such a format.

import type { ExportedFile, ExportJob } from '../../../contract/processes/jobs/export.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { prepareTask, taskOf } from '../../../tasks/task-of.ts';
import { type OpenSource, readTaskData } from '../prepare-job.ts';
import type { Job } from './job.ts';

export const exportJob: Job<Jobs['export']> = {
  run: (input, { openSource }) => exportModel(input, openSource),
};

/** @throws HindcastError for data that does not suit the experiment, damaged weights, and a model that cannot be exported. */
async function exportModel(
  { model: trained, about, threads, ...job }: ExportJob,
  openSource: OpenSource,
): Promise<readonly ExportedFile[]> {
  const machine = await prepareTask(job.experiment, await readTaskData(job, openSource)).open();
  if (machine.exportModel) return machine.exportModel({ trained, about, threads });
  const { kind } = taskOf(job.experiment.task);
  const message = `The model of a run with the task "${kind}" has no form for TensorFlow.js; export its tables (csv) or its report.`;
  throw new HindcastError('conflict', message, { details: { task: kind } });
}
