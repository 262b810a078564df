// A worker process that answers only toy jobs.
import { HindcastError } from '../../../../engine/contract/errors.ts';
import type { JobReply, JobRequest } from '../../../../engine/contract/processes/jobs.ts';
import { connectToHost } from '../../../../engine/hosts/node/host-port.ts';
import type { Job, JobHandlers } from '../../../../engine/hosts/trainer/jobs/job.ts';
import { serveJobs } from '../../../../engine/hosts/trainer/serve-jobs.ts';
import type { TOY_JOBS } from './jobs.ts';

const countWords: Job<(typeof TOY_JOBS)['countWords']> = {
  run: async ({ text }) => ({ words: text.split(' ').length, bytes: new TextEncoder().encode(text) }),
};

const refuse: Job<(typeof TOY_JOBS)['refuse']> = {
  run: async (reason) => {
    throw new HindcastError('conflict', reason, { details: { field: 'toy' } });
  },
  endsProcess: true,
};

const handlers: JobHandlers<typeof TOY_JOBS> = {
  countWords: async () => countWords,
  refuse: async () => refuse,
};

const port = connectToHost<JobRequest, JobReply>();
port.onClose(() => process.exit(1));
await serveJobs({
  port,
  handlers,
  environment: { openSource: () => Promise.reject(new Error('no toy reads a workspace')) },
  memoryBytes: () => 0,
});
process.exit(0);
