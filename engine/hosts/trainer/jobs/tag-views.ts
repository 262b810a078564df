// The job `tag-result`: what screens show of a model that gives labels.
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { asTagTask } from '../../../contract/tasks/tag.ts';
import { taggedSamples, tagResultOf } from '../../../tasks/tag/result.ts';
import type { Job } from './job.ts';
import { answersOf } from './kept-answers.ts';

export const tagResultJob: Job<Jobs['tag-result']> = {
  async run({ key, verdict, choice, most, ...job }, { openSource }) {
    const { input, metrics } = asTagTask(job.experiment.task);
    const shown = { ...(await answersOf(key, job, openSource)), input, metrics };
    return { ...tagResultOf(shown), verdict, samples: taggedSamples(shown, choice, most) };
  },
};
