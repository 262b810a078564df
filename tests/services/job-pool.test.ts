// The guarantees of the job pool, with processes that the test plays.
import { expect, onTestFinished, test, vi } from 'vitest';
import { type JobReply, type JobRequest, job } from '../../engine/contract/processes/jobs/job.ts';
import { createJobPool } from '../../engine/services/processes/job-pool.ts';
import { createFakeWorker, type FakeWorker } from './fixture.ts';

const KINDS = { double: job<number, number>('The doubling') };
type FakeProcess = FakeWorker<JobRequest, JobReply>;

function testPool({ most = 2, idleMs = 1_000, isResident = false } = {}) {
  const processes: FakeProcess[] = [];
  const start = () => {
    const worker = createFakeWorker<JobRequest, JobReply>();
    processes.push(worker);
    return worker;
  };
  const pool = createJobPool({ kinds: KINDS, start, most, idleMs, isResident });
  onTestFinished(() => pool.close());
  return { ...pool, processes };
}

/** Answers the newest request of a process. */
function answer(process: FakeProcess | undefined, { last = false } = {}): void {
  const { id, input } = process!.received.at(-1)!;
  process!.say({ type: 'answered', id, output: 2 * (input as number), last });
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('ten questions at once start two processes, and are answered in their order', async () => {
  const { run, processes } = testPool();
  const asked = Array.from({ length: 10 }, (_, index) => run('double', index));
  const inputs: unknown[] = [];
  while (inputs.length < 10) {
    for (const process of processes) {
      inputs.push(process.received.at(-1)!.input);
      answer(process);
    }
    await settle();
  }
  expect(await Promise.all(asked)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
  expect(inputs).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(processes).toHaveLength(2);
});

test('a waiting question that is cancelled never starts; the others do not notice', async () => {
  const { run, processes } = testPool({ most: 1 });
  const first = run('double', 1);
  const abort = new AbortController();
  const second = run('double', 2, { signal: abort.signal });
  const third = run('double', 3);
  abort.abort();
  await expect(second).rejects.toMatchObject({ code: 'cancelled', message: 'The doubling was cancelled.' });
  answer(processes[0]);
  answer(processes[0]);
  expect(await Promise.all([first, third])).toEqual([2, 6]);
  expect(processes[0]!.received.map(({ input }) => input)).toEqual([1, 3]);
});

test('a question whose caller left before it was asked starts nothing', async () => {
  const { run, processes } = testPool();
  const cancelled = run('double', 1, { signal: AbortSignal.abort() });
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  expect(processes).toHaveLength(0);
});

test('cancelling what runs ends its process, and what waits begins in another once that is gone', async () => {
  const { run, processes } = testPool({ most: 1 });
  const abort = new AbortController();
  const first = run('double', 1, { signal: abort.signal });
  const second = run('double', 2);
  abort.abort();
  await expect(first).rejects.toMatchObject({ code: 'cancelled' });
  expect(await processes[0]!.exited).toMatchObject({ signal: 'SIGKILL' });
  await settle();
  expect(processes).toHaveLength(2);
  answer(processes[1]);
  expect(await second).toBe(4);
});

test('a process that dies fails its question alone', async () => {
  const { run, processes } = testPool({ most: 1 });
  const first = run('double', 1);
  const second = run('double', 2);
  processes[0]!.end({ code: null, signal: 'SIGSEGV' });
  await expect(first).rejects.toMatchObject({
    code: 'process-died',
    message: 'The doubling failed: its process ended (signal SIGSEGV) without an answer.',
  });
  await settle();
  answer(processes[1]);
  expect(await second).toBe(4);
});

test('a process that cannot be started refuses the question, and the next one is tried', async () => {
  let starts = 0;
  const worker = createFakeWorker<JobRequest, JobReply>();
  const start = () => {
    if (++starts === 1) throw new Error('no memory for a process');
    return worker;
  };
  const pool = createJobPool({ kinds: KINDS, start, most: 1, idleMs: 1_000 });
  onTestFinished(() => pool.close());
  await expect(pool.run('double', 1)).rejects.toThrow('no memory for a process');
  const second = pool.run('double', 2);
  answer(worker);
  expect(await second).toBe(4);
});

test('a process that has answered takes the next question, ends after a while, and ends at once when it says so', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { run, processes } = testPool({ idleMs: 1_000 });
  const first = run('double', 1);
  answer(processes[0]);
  await first;
  vi.advanceTimersByTime(999);
  const second = run('double', 2);
  answer(processes[0]);
  await second;
  expect(processes).toHaveLength(1);
  vi.advanceTimersByTime(1_000);
  expect(await processes[0]!.exited).toMatchObject({ signal: 'SIGKILL' });

  await settle();
  const third = run('double', 3);
  answer(processes[1], { last: true });
  await third;
  await processes[1]!.exited;
  await settle();
  const fourth = run('double', 4);
  answer(processes[2]);
  expect(await fourth).toBe(8);
});

test('a question goes to the process that answered about the same thing before', async () => {
  const { run, processes } = testPool();
  const first = run('double', 1, { about: 'run 1' });
  const second = run('double', 2, { about: 'run 2' });
  answer(processes[0]);
  answer(processes[1]);
  await Promise.all([first, second]);
  const third = run('double', 3, { about: 'run 1' });
  expect(processes[0]!.received).toHaveLength(2);
  answer(processes[0]);
  expect(await third).toBe(6);
});

test('closing cancels what waits and what runs, and refuses what comes after', async () => {
  const { run, close, processes } = testPool({ most: 1 });
  const asked = Promise.allSettled([run('double', 1), run('double', 2)]);
  await close();
  for (const result of await asked)
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
  await expect(run('double', 3)).rejects.toMatchObject({ code: 'cancelled' });
  expect(processes).toHaveLength(1);
});

test('a resident process keeps what it is about: its questions wait for it, others get their own or the one unused for longest', async () => {
  const { run, processes } = testPool({ isResident: true });
  const about = (thing: string, input: number) => run('double', input, { about: thing });
  const first = [about('a', 1), about('a', 2), about('b', 3)];
  await settle();
  expect(processes.map(({ received }) => received.map(({ input }) => input))).toEqual([[1], [3]]);
  answer(processes[0]);
  answer(processes[0]);
  answer(processes[1]);
  expect(await Promise.all(first)).toEqual([2, 4, 6]);
  const next = [about('a', 4), about('b', 5), about('c', 6)];
  await settle();
  answer(processes[1]);
  answer(processes[1]);
  answer(processes[0]);
  expect(await Promise.all(next)).toEqual([8, 10, 12]);
  expect(processes.map(({ received }) => received.map(({ input }) => input))).toEqual([
    [1, 2, 4],
    [3, 5, 6],
  ]);
});

test('a resident process outlives a question that is cancelled: what it keeps answers the next one', async () => {
  const { run, processes } = testPool({ isResident: true });
  const abort = new AbortController();
  const left = run('double', 1, { about: 'a', signal: abort.signal });
  const next = run('double', 2, { about: 'a' });
  abort.abort();
  await expect(left).rejects.toMatchObject({ code: 'cancelled' });
  answer(processes[0]);
  await settle();
  answer(processes[0]);
  expect(await next).toBe(4);
  expect(processes.map(({ received }) => received.length)).toEqual([2]);
});

test('a resident process that does not come to the end of a cancelled question is ended', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { run, processes } = testPool({ isResident: true });
  const abort = new AbortController();
  const left = run('double', 1, { about: 'a', signal: abort.signal });
  abort.abort();
  await expect(left).rejects.toMatchObject({ code: 'cancelled' });
  vi.advanceTimersByTime(60_000);
  expect(await processes[0]!.exited).toMatchObject({ signal: 'SIGKILL' });
});

test('a job says how far it is, in order, until its answer; without a listener nobody hears it', async () => {
  const { run, processes } = testPool({ most: 1 });
  const heard: unknown[] = [];
  const first = run('double', 1, { onProgress: (progress) => heard.push(progress) });
  const second = run('double', 2);
  const third = run('double', 3, { onProgress: (progress) => heard.push(progress) });
  const [process] = processes;
  const { id } = process!.received[0]!;
  process!.say({ type: 'progress', id, done: 1, total: 4, fraction: 0.1 });
  process!.say({ type: 'progress', id, done: 3, total: 4, fraction: 0.6 });
  answer(process);
  process!.say({ type: 'progress', id: process!.received[1]!.id, done: 1, total: 2, fraction: 0.5 });
  answer(process);
  // Late, of one that has its answer.
  process!.say({ type: 'progress', id, done: 4, total: 4, fraction: 1 });
  answer(process);
  expect(await Promise.all([first, second, third])).toEqual([2, 4, 6]);
  process!.say({ type: 'progress', id: process!.received[2]!.id, done: 1, total: 1, fraction: 1 });
  expect(heard).toEqual([
    { done: 1, total: 4, fraction: 0.1 },
    { done: 3, total: 4, fraction: 0.6 },
  ]);
});

test.each([false, true])('what was cancelled says nothing more (resident: %s)', async (isResident) => {
  const { run, processes } = testPool({ isResident });
  const abort = new AbortController();
  const heard: number[] = [];
  const onProgress = ({ done }: { readonly done: number }) => heard.push(done);
  const left = run('double', 1, { signal: abort.signal, about: 'a', onProgress });
  const { id } = processes[0]!.received[0]!;
  processes[0]!.say({ type: 'progress', id, done: 1, total: 4, fraction: 0.25 });
  abort.abort();
  processes[0]!.say({ type: 'progress', id, done: 2, total: 4, fraction: 0.5 });
  await expect(left).rejects.toMatchObject({ code: 'cancelled' });
  processes[0]!.say({ type: 'progress', id, done: 3, total: 4, fraction: 0.75 });
  expect(heard).toEqual([1]);
});
