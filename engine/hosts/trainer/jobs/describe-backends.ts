// The job `describe-backends`: starts every backend there is. In a process of its own, which a native library may crash.
import { describeBackends } from '../../../backends/describe.ts';
import type { Jobs } from '../../../contract/processes/jobs.ts';
import type { Job } from './job.ts';

export const describeBackendsJob: Job<Jobs['describe-backends']> = {
  run: () => describeBackends(),
  endsProcess: true,
};
