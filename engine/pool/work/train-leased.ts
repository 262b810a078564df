// One attempt at one job: a training process whose messages go into the mailbox while the lease holds.
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { PoolJob } from '../../contract/pool/job.ts';
import type { FromTrainer, ThreadShare, ToTrainer } from '../../contract/processes/trainer.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { reasonOf } from '../../contract/values/system-errors.ts';
import { codeOf } from '../../store/file/sqlite-errors.ts';
import type { ChunkCache } from '../data/chunk-cache.ts';
import { isPassing } from '../link/failures.ts';
import type { Taken, WorkerCalls } from './calls.ts';
import { keepLease } from './lease.ts';
import { createOutgoing, type Outbound } from './outgoing.ts';
import { type Prepared, parseJob, prepareJob } from './prepare.ts';

/** A process that trains one run and ends. */
export interface TrainerProcess {
  post(message: ToTrainer): void;
  onMessage(listener: (message: FromTrainer) => void): void;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  kill(): void;
}

export interface Workshop {
  readonly calls: WorkerCalls;
  readonly cache: ChunkCache;
  readonly folder: string;
  readonly leaseMs: number;
  readonly threads: ThreadShare;
  /** Aborted: the job is given back with a checkpoint. */
  readonly leaving: AbortSignal;
  startTrainer(): TrainerProcess;
  now(): number;
  report(line: string): void;
  /** Called for each notice that the host wants something. */
  onNudge(listener: () => void): () => void;
}

const RETRY_MS = 500;

/** What the worker does next: `rest` where this machine could not begin the job. */
export type After = 'next' | 'rest';

/**
 * Settles when the job is ended, given back or lost.
 * @throws HindcastError `invalid-input` where this Hindcast cannot read the job, which is given back
 */
export async function trainLeased(lease: Taken, sentMs: number, workshop: Workshop): Promise<After> {
  const { calls, leaving, report } = workshop;
  const end = Promise.withResolvers<void>();
  let lost = false;
  let trainer: TrainerProcess | undefined;
  let stopsAsked = 0;

  const lose = (why: string) => {
    if (lost) return;
    lost = true;
    report(`gave ${name} up: ${why}`);
    outgoing.close();
    keeper.close();
    trainer?.kill();
    end.resolve();
  };
  let name = `job ${lease.id.slice(0, 8)}`;
  const keeper = keepLease({
    calls,
    lease,
    leaseMs: workshop.leaseMs,
    sentMs,
    now: workshop.now,
    onStop() {
      stopsAsked++;
      trainer?.post({ type: 'stop' });
    },
    onLost: lose,
  });
  const outgoing = createOutgoing({
    calls,
    lease,
    onStored: (message) => trainer?.post({ type: 'stored', message }),
    onLost: lose,
  });
  const offNudge = workshop.onNudge(keeper.renewNow);
  const leave = () => trainer?.post({ type: 'stop' });
  leaving.addEventListener('abort', leave, { once: true });

  const retrying = async <Result>(ask: () => Promise<Result>): Promise<Result> => {
    for (;;) {
      if (lost) throw new HindcastError('cancelled', 'The lease was lost.');
      try {
        return await ask();
      } catch (cause) {
        if (!(cause instanceof HindcastError) || !isPassing(cause)) throw cause;
        await delay(RETRY_MS);
      }
    }
  };

  /** True where the worker leaves before the run has ended: its end is the next worker's to tell. */
  let givesBack = false;
  const isGivenBack = (message: Outbound) =>
    message.type === 'ended' && message.state === 'stopped' && leaving.aborted && stopsAsked === 0;

  /** Another machine may do what this one cannot: that is no failure of the run. */
  let unreadable: HindcastError | null = null;
  let after: After = 'next';
  const giveBack = (why: string): void => {
    report(`gives ${name} back: ${why}`);
    givesBack = true;
  };

  async function prepared(job: PoolJob): Promise<Prepared | null> {
    try {
      return await prepareJob(lease, job, { ...workshop, retrying });
    } catch (cause) {
      // Its disk is full, or its folder is read-only.
      if (cause instanceof HindcastError || codeOf(cause) === '') throw cause;
      giveBack(`${reasonOf(cause)}; it asks for a run again in a while`);
      after = 'rest';
      return null;
    }
  }

  function readJob(): PoolJob | null {
    try {
      return parseJob(lease.payload);
    } catch (cause) {
      unreadable = HindcastError.wrap(cause, 'The job cannot be read');
      giveBack('another Hindcast made it');
      return null;
    }
  }

  async function train(): Promise<void> {
    const job = readJob();
    if (job === null) return;
    name = `"${job.experiment.name}"`;
    report(`took ${name}${lease.attempt > 1 ? `, attempt ${lease.attempt}` : ''}`);
    const ready = await prepared(job);
    if (lost || ready === null) return;
    if (leaving.aborted) {
      givesBack = true;
      return;
    }
    trainer = workshop.startTrainer();
    const { exited } = trainer;
    let said = false;
    trainer.onMessage((message) => {
      said ||= message.type === 'ended' || message.type === 'failed';
      givesBack ||= isGivenBack(message);
      if (!isGivenBack(message)) outgoing.add(message);
      if (message.type === 'ended') report(`${name} is ${givesBack ? 'given back' : message.state}`);
      if (message.type === 'failed') report(`${name} failed: ${message.error.message}`);
    });
    trainer.post({ type: 'train', ...ready, threads: workshop.threads });
    for (let stop = 0; stop < stopsAsked; stop++) trainer.post({ type: 'stop' });
    const { code, signal } = await exited;
    if (said || lost) return;
    const how = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
    report(`the training process of ${name} ended (${how})`);
    outgoing.add({ type: 'exited', how });
  }

  try {
    await train().catch((cause: unknown) => {
      if (lost) return;
      const error = HindcastError.wrap(cause, 'The worker could not begin the training');
      report(`${name} failed: ${error.message}`);
      outgoing.add({ type: 'failed', error: error.toData() });
    });
    await Promise.race([outgoing.drained(), end.promise]);
    if (givesBack && !lost) await Promise.race([retrying(() => calls.release(lease)), end.promise]);
    if (unreadable !== null) throw unreadable;
    return after;
  } finally {
    leaving.removeEventListener('abort', leave);
    offNudge();
    keeper.close();
    outgoing.close();
    trainer?.kill();
    await trainer?.exited;
    // What cannot be removed goes with the folder.
    await rm(`${workshop.folder}/${lease.id}.json`, { force: true }).catch(() => {});
  }
}
