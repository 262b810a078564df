// One attempt at one run: a training process, and what it says written down in the order in which it said it.
//
// Every message is stored before it is acknowledged, and the process waits when too many are not. So a workspace that cannot be
// written (a full disk, another program's lock) pauses the run: the message that failed is kept and tried again, nothing is lost and nothing half-written.
import { HindcastError } from '../../contract/errors.ts';
import type { RunId } from '../../contract/ids.ts';
import type { FromTrainer, ToTrainer } from '../../contract/processes/trainer.ts';
import { isPassing } from '../../store/sqlite-errors.ts';
import { describeExit, type Worker } from '../processes/worker.ts';
import { endRun, type RecordMessage, type RunRecords, storeMessage } from './records.ts';

const RETRY_MS = 2_000;

export type TrainJob = Extract<ToTrainer, { type: 'train' }>;

export interface RunSession {
  readonly runId: RunId;
  /** Why nothing can be written at present; null when all is well. */
  readonly pausedReason: string | null;
  /** The run's end is in the store; the process may take a moment longer. */
  readonly settled: boolean;
  stop(): void;
  /** Tells the process how many threads it has from now on, if that is news. */
  limitThreads(threads: number): void;
  /** Tries at once to write what could not be written. */
  retry(): void;
  kill(): void;
  /** Settles when the process is gone and the run's end is in the store. */
  readonly ended: Promise<void>;
}

const waitingBecause = ({ message }: HindcastError): string =>
  `${message} The run waits and goes on by itself once it can be written.`;

/** Sends the job and writes down what comes of it. */
export function startRunSession(
  records: RunRecords,
  worker: Worker<ToTrainer, FromTrainer>,
  job: TrainJob,
): RunSession {
  const { workspace, runId, append } = records;
  const waiting: RecordMessage[] = [];
  let pausedBy: HindcastError | null = null;
  let retryTimer: NodeJS.Timeout | undefined;
  let failure: HindcastError | undefined;
  let settled = false;
  let gaveUp = false;
  let leaving = false;
  let exitText: string | undefined;
  let threads = job.threads.now;
  const ended = Promise.withResolvers<void>();

  function drain(): void {
    clearTimeout(retryTimer);
    try {
      if (pausedBy?.code === 'disk-full') workspace.shrinkLog();
      storeWaiting();
      if (pausedBy) unpause();
      if (exitText !== undefined) settle(exitText);
    } catch (cause) {
      const error = HindcastError.wrap(cause, `Run ${runId} could not be written to the workspace`);
      // When shutting down, do not wait for disk space: the next host marks the run interrupted.
      const mustEnd = leaving && exitText !== undefined;
      if (isPassing(error) && !mustEnd) pause(error);
      else giveUp(error);
    }
  }

  function storeWaiting(): void {
    for (let next = waiting[0]; next; next = waiting[0]) {
      storeMessage(records, next);
      waiting.shift();
      settled ||= next.type === 'ended';
      worker.post({ type: 'stored', message: next.message });
    }
  }

  /** The process is gone: what it left unsaid is said for it. */
  function settle(how: string): void {
    if (!settled) {
      const reason = `The training process ended (${how}) before the run did; \`hindcast resume ${runId}\` goes on from its last checkpoint.`;
      workspace.transaction(() =>
        endRun(records, failure ? 'failed' : 'interrupted', failure ? failure.message : reason),
      );
      settled = true;
    }
    ended.resolve();
  }

  function pause(error: HindcastError): void {
    const isNews = pausedBy === null;
    pausedBy = error;
    if (isNews) {
      const reason = waitingBecause(error);
      writeIfPossible(() => {
        workspace.runs.update(runId, { state: 'paused', reason });
        append({ type: 'run.paused', runId, reason });
      });
    }
    retryTimer = setTimeout(drain, RETRY_MS);
  }

  function unpause(): void {
    if (!settled) {
      workspace.transaction(() => {
        workspace.runs.update(runId, { state: 'running', reason: null });
        append({ type: 'run.unpaused', runId });
      });
    }
    pausedBy = null;
  }

  /** What cannot be written now may not take the host along: the state in memory counts until it can. */
  function writeIfPossible(write: () => void): void {
    try {
      workspace.transaction(write);
    } catch {
      // The pause itself says why; the next try comes with the timer.
    }
  }

  function giveUp(error: HindcastError): void {
    failure ??= error;
    // What the pipe still holds comes after a message that was lost: storing it would leave a gap.
    gaveUp = true;
    pausedBy = null;
    waiting.length = 0;
    if (exitText === undefined) worker.kill();
    else ended.resolve();
  }

  worker.onMessage((message) => {
    if (gaveUp) return;
    if (message.type === 'failed') failure = HindcastError.fromData(message.error);
    if (!('message' in message)) return;
    waiting.push(message);
    if (!pausedBy) drain();
  });
  worker.exited.then((exit) => {
    exitText = describeExit(exit);
    drain();
  });
  worker.post(job);

  return {
    runId,
    get pausedReason() {
      return pausedBy && waitingBecause(pausedBy);
    },
    get settled() {
      return settled;
    },
    stop: () => worker.post({ type: 'stop' }),
    limitThreads(now) {
      if (now !== threads) worker.post({ type: 'threads', now });
      threads = now;
    },
    retry: drain,
    kill() {
      leaving = true;
      worker.kill();
      if (exitText !== undefined) drain();
    },
    ended: ended.promise,
  };
}
