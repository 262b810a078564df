// The job `suggest`: a model of all trials so far, and a few dozen candidates for each of the next ones.
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { suggestTrials } from '../../../search/suggest-trials.ts';
import type { Job } from './job.ts';

export const suggestJob: Job<Jobs['suggest']> = { run: async (question) => suggestTrials(question) };
