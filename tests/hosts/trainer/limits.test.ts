// A job with limits is ended by its own process: too much memory, no progress, or a host that is gone, whatever its thread does.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { JobReply, JobRequest } from '../../../engine/contract/processes/jobs/job.ts';
import { startNodeWorker } from '../../../engine/hosts/node/worker-process.ts';
import { createJobPool } from '../../../engine/services/processes/job-pool.ts';
import { TOY_JOBS } from './toy/jobs.ts';

const toy = join(import.meta.dirname, 'toy', 'worker.ts');

function toyPool() {
  const start = () => startNodeWorker<JobRequest, JobReply>(toy, () => {});
  const pool = createJobPool({ kinds: TOY_JOBS, start, most: 1, idleMs: 60_000 });
  onTestFinished(() => pool.close());
  return pool;
}

test.each([
  ['hurried', 'spin', 'The toy was ended, because it made no progress for 2 seconds; play with another.'],
  ['limited', 'fill', 'The toy was ended, because it needed more than 200 MB of memory; play with another.'],
  ['limited', 'list', 'The toy was ended, because it needed more than 200 MB of memory; play with another.'],
  ['limited', 'leave', 'The toy was ended, because it ended without an answer; play with another.'],
] as const)(
  '%s job that would %s is refused with a sentence, and the next one is answered',
  async (name, how, message) => {
    const { run } = toyPool();
    await expect(run(name, how)).rejects.toMatchObject({ code: 'file-unreadable', message });
    expect((await run('countWords', { text: 'still here' })).words).toBe(2);
  },
);

test('a job that says that it is at work may take longer; bytes and refusals come as from any job', async () => {
  const { run } = toyPool();
  const heard: number[] = [];
  const onProgress = ({ done }: { readonly done: number }) => heard.push(done);
  expect(await run('hurried', 'work', { onProgress })).toEqual(Uint8Array.of(1, 2, 3));
  // Those that came too soon after another are left out.
  expect(heard.length).toBeGreaterThan(5);
  expect(heard).toEqual(heard.toSorted((one, other) => one - other));
  await expect(run('limited', 'refuse')).rejects.toMatchObject({
    code: 'conflict',
    details: { field: 'toy' },
  });
});

test('a job without limits says how far it is as well', async () => {
  const { run } = toyPool();
  const heard: object[] = [];
  await run('countWords', { text: 'two words' }, { onProgress: (progress) => heard.push(progress) });
  expect(heard).toEqual([{ done: 0, total: 9, fraction: 0 }]);
});

test('the process of a spinning job ends with its host', async () => {
  const limited = { what: 'The toy', idleSeconds: 3_600, megabytes: 10_000, remedy: 'play with another' };
  const job = { type: 'job', id: 1, name: 'limited', input: 'spin', limited };
  const source = `
    const { fork } = require('node:child_process');
    const options = { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'inherit', 'ignore', 'ipc'] };
    fork(${JSON.stringify(toy)}, [], options).send(${JSON.stringify(job)});
  `;
  const host = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void host.kill('SIGKILL'));
  // The worker holds the pipe's other end as well: it closes when both are gone.
  const closed = new Promise((resolve) => host.stdout.once('close', resolve));
  const says = new Promise<string>((resolve) => host.stdout.once('data', (text) => resolve(String(text))));
  expect(await says).toBe('spinning');
  host.kill('SIGKILL');
  await closed;
});
