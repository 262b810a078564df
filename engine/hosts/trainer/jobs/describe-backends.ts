// The job `describe-backends`: starts every backend, in a separate process because a native library may crash it.
import { describeBackends } from '../../../backends/describe.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import type { Job } from './job.ts';

export const describeBackendsJob: Job<Jobs['describe-backends']> = {
  run: () => describeBackends(),
  endsProcess: true,
};
