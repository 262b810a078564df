// A job is a line in a table and a file in the process: shown with toy jobs in a real process.
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { JobReply, JobRequest } from '../../../engine/contract/processes/jobs/job.ts';
import { startNodeWorker } from '../../../engine/hosts/node/worker-process.ts';
import { createJobPool } from '../../../engine/services/processes/job-pool.ts';
import type { Worker } from '../../../engine/services/processes/worker.ts';
import { TOY_JOBS } from './toy/jobs.ts';

function toyPool() {
  const started: Worker<JobRequest, JobReply>[] = [];
  const start = () => {
    const worker = startNodeWorker<JobRequest, JobReply>(
      join(import.meta.dirname, 'toy', 'worker.ts'),
      () => {},
    );
    started.push(worker);
    return worker;
  };
  const pool = createJobPool({ kinds: TOY_JOBS, start, most: 1, idleMs: 60_000 });
  onTestFinished(() => pool.close());
  return { run: pool.run, close: pool.close, started };
}

test('answers of one process come typed, with bytes as bytes', async () => {
  const { run, started } = toyPool();
  const first = await run('countWords', { text: 'a toy' });
  expect(first).toEqual({ words: 2, bytes: Uint8Array.from(Buffer.from('a toy')) });
  expect((await run('countWords', { text: 'one more toy' })).words).toBe(3);
  expect(started).toHaveLength(1);
});

test('a refusal keeps its code, its sentence and its details; what ends its process leaves the next job another', async () => {
  const { run, started } = toyPool();
  const refused = run('refuse', 'Toys have no weights.');
  const details = { field: 'toy' };
  await expect(refused).rejects.toMatchObject({
    code: 'conflict',
    message: 'Toys have no weights.',
    details,
  });
  await started[0]?.exited;
  expect((await run('countWords', { text: 'again' })).words).toBe(1);
  expect(started).toHaveLength(2);
});

test('closing ends a process that waits for more', async () => {
  const { run, close, started } = toyPool();
  await run('countWords', { text: 'kept' });
  await close();
  expect(await started[0]?.exited).toEqual({ code: null, signal: 'SIGKILL' });
});
