// The job `judge-duel`: tests of significance over thousands of origins and a thousand draws.
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { judge } from '../../../tasks/forecast/duel/judge.ts';
import type { Job } from './job.ts';

export const judgeDuelJob: Job<Jobs['judge-duel']> = { run: async (input) => judge(input) };
