// The job `estimate-result`: what screens show of a model that estimates a number.
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { asEstimateTask } from '../../../contract/tasks/estimate.ts';
import { estimatedSamples, estimateResultOf } from '../../../tasks/estimate/result.ts';
import type { Job } from './job.ts';
import { answersOf } from './kept-answers.ts';

export const estimateResultJob: Job<Jobs['estimate-result']> = {
  async run({ key, verdict, most, ...job }, { openSource }) {
    const { input, metrics } = asEstimateTask(job.experiment.task);
    const shown = { ...(await answersOf(key, job, openSource)), input, metrics };
    return { ...estimateResultOf(shown), verdict, samples: estimatedSamples(shown, most) };
  },
};
