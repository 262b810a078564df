// The job `predict`: what a trained model predicts, as one encoded frame of its task.
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { predict } from '../predict.ts';
import type { Job } from './job.ts';

export const predictJob: Job<Jobs['predict']> = {
  run: (input, { openSource }) => predict(input, openSource),
};
