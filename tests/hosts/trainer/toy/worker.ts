// A worker process that answers only toy jobs.
import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import type { JobReply, JobRequest } from '../../../../engine/contract/processes/jobs/job.ts';
import { HindcastError } from '../../../../engine/contract/values/errors.ts';
import { connectToHost } from '../../../../engine/hosts/node/host-port.ts';
import type { Job, JobEnvironment, JobHandlers } from '../../../../engine/hosts/trainer/jobs/job.ts';
import { serveJobThread } from '../../../../engine/hosts/trainer/limited-job.ts';
import { serveJobs } from '../../../../engine/hosts/trainer/serve-jobs.ts';
import type { Misbehaviour, TOY_JOBS } from './jobs.ts';

const countWords: Job<(typeof TOY_JOBS)['countWords']> = {
  async run({ text }, { progress }) {
    progress({ done: 0, total: text.length, fraction: 0 });
    return { words: text.split(' ').length, bytes: new TextEncoder().encode(text) };
  },
};

const refuse: Job<(typeof TOY_JOBS)['refuse']> = {
  run: async (reason) => {
    throw new HindcastError('conflict', reason, { details: { field: 'toy' } });
  },
  endsProcess: true,
};

const MISBEHAVE: Readonly<
  Record<Misbehaviour, (progress: JobEnvironment['progress']) => Promise<Uint8Array>>
> = {
  async spin() {
    writeSync(1, 'spinning');
    for (;;);
  },
  async fill() {
    for (const kept: Uint8Array[] = []; ; ) kept.push(new Uint8Array(20_000_000).fill(1));
  },
  async list() {
    for (const kept: object[] = []; ; ) kept.push({ kept: kept.length });
  },
  async leave() {
    process.exit(0);
  },
  async work(progress) {
    for (let waits = 0; waits < 25; waits++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      progress({ done: waits + 1, total: 25, fraction: (waits + 1) / 25 });
    }
    return Uint8Array.of(1, 2, 3);
  },
  async refuse() {
    throw new HindcastError('conflict', 'No toys today.', { details: { field: 'toy' } });
  },
};

const limited: Job<(typeof TOY_JOBS)['limited']> = {
  run: (how, { progress }) => MISBEHAVE[how](progress),
};

const handlers: JobHandlers<typeof TOY_JOBS> = {
  countWords: async () => countWords,
  refuse: async () => refuse,
  limited: async () => limited,
  hurried: async () => limited,
};

const environment = { openSource: () => Promise.reject(new Error('no toy reads a workspace')) };

async function serveProcess(): Promise<never> {
  const port = connectToHost<JobRequest, JobReply>();
  port.onClose(() => process.exit(1));
  await serveJobs({
    port,
    handlers,
    environment,
    threadEntry: new URL(import.meta.url),
    memoryBytes: () => process.memoryUsage.rss(),
  });
  process.exit(0);
}

if (isMainThread) await serveProcess();
else await serveJobThread(handlers, environment);
