// One attempt at one run: a training process whose messages are stored in the order in which they arrive.
//
// Every message is stored before it is acknowledged, and the process waits if too many are unacknowledged. So a workspace that
// cannot be written (a full disk, another program's lock) pauses the run: the failed message is kept and tried again, so nothing
// is lost or half-written.

import type { FromTrainer, ToTrainer } from '../../contract/processes/trainer.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId } from '../../contract/values/ids.ts';
import { isPassing } from '../../store/file/sqlite-errors.ts';
import { describeExit, type Worker } from '../processes/worker.ts';
import { endRun, type RecordMessage, type RunRecords, type StagedMessage, stageMessage } from './records.ts';

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
  /** Nothing is stored any more and nothing is said: another session continues. */
  detach(): void;
  /** Settles when the process is gone and the run's end is in the store. */
  readonly ended: Promise<void>;
}

const waitingBecause = ({ message }: HindcastError): string =>
  `${message} The run waits and resumes by itself once it can be written.`;

/** Sends the job and writes down what comes of it. */
export function startRunSession(
  records: RunRecords,
  worker: Worker<ToTrainer, FromTrainer>,
  job: TrainJob,
): RunSession {
  const { workspace, runId, append, announce } = records;
  const waiting: RecordMessage[] = [];
  let pausedBy: HindcastError | null = null;
  let retryTimer: NodeJS.Timeout | undefined;
  let failure: HindcastError | undefined;
  let settled = false;
  let gaveUp = false;
  let leaving = false;
  let exitText: string | undefined;
  /** Of the first waiting message. */
  let staged: StagedMessage | undefined;
  let nextPiece: NodeJS.Immediate | undefined;
  let threads = job.threads.now;
  const ended = Promise.withResolvers<void>();

  function drain(): void {
    clearTimeout(retryTimer);
    clearImmediate(nextPiece);
    try {
      if (pausedBy?.code === 'disk-full' && !staged) workspace.shrinkLog();
      if (!storeWaiting()) {
        nextPiece = setImmediate(drain);
        return;
      }
      if (pausedBy) unpause();
      if (exitText !== undefined) settle(exitText);
    } catch (cause) {
      staged?.discard();
      staged = undefined;
      const error = HindcastError.wrap(cause, `Run ${runId} could not be written to the workspace`);
      // When shutting down, do not wait for disk space: the next host marks the run interrupted.
      const mustEnd = leaving && exitText !== undefined;
      if (isPassing(error) && !mustEnd) pause(error);
      else giveUp(error);
    }
  }

  /** False where a long message has more pieces: others have their turn before the next one. */
  function storeWaiting(): boolean {
    for (let message = waiting[0]; message; message = waiting[0]) {
      staged ??= stageMessage(records, message);
      if (staged.more()) return false;
      storeMarked(staged, message);
      staged = undefined;
      waiting.shift();
      settled ||= message.type === 'ended';
      worker.post({ type: 'stored', message: message.message });
    }
    return true;
  }

  /** What may be delivered twice is stored together with the note that it is. */
  function storeMarked(one: StagedMessage, { message }: RecordMessage): void {
    workspace.transaction(() => {
      one.store();
      records.mark?.(message);
    });
  }

  /** The process has ended: reports what it could not. */
  function settle(how: string): void {
    if (!settled) {
      const reason = `The training process ended (${how}) before the run did; \`hindcast resume ${runId}\` continues from its last checkpoint.`;
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
      const isStored = writeIfPossible(() => {
        workspace.runs.update(runId, { state: 'paused', reason });
        append({ type: 'run.paused', runId, reason });
      });
      if (!isStored) announce({ type: 'run.paused', runId, reason });
    }
    retryTimer = setTimeout(drain, RETRY_MS);
  }

  function unpause(): void {
    if (!settled && exitText === undefined) {
      workspace.transaction(() => {
        workspace.runs.update(runId, { state: 'running', reason: null });
        append({ type: 'run.unpaused', runId });
      });
    }
    pausedBy = null;
  }

  /** What cannot be written now may not take the host along: the state in memory counts until it can. */
  function writeIfPossible(write: () => void): boolean {
    try {
      workspace.transaction(write);
      return true;
    } catch {
      // The pause itself says why; the next try comes with the timer.
      return false;
    }
  }

  function giveUp(error: HindcastError): void {
    failure ??= error;
    // What the pipe still holds comes after a message that was lost: storing it would leave a gap.
    gaveUp = true;
    waiting.length = 0;
    if (exitText === undefined) {
      pausedBy = null;
      worker.kill();
    } else endOrRetry(exitText, error);
  }

  /** The process is gone, so nothing else will say that the run has ended: it is tried until it can be written. */
  function endOrRetry(how: string, error: HindcastError): void {
    try {
      settle(how);
      pausedBy = null;
    } catch {
      pausedBy = error;
      if (leaving) ended.resolve();
      else retryTimer = setTimeout(drain, RETRY_MS);
    }
  }

  worker.onMessage((message) => {
    if (gaveUp) return;
    if (message.type === 'failed') failure = HindcastError.fromData(message.error);
    if (!('message' in message)) return;
    waiting.push(message);
    if (!pausedBy && !staged) drain();
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
    stop() {
      worker.post({ type: 'stop' });
      // An ended process cannot react to it: its run is open only because its end could not be written.
      if (exitText !== undefined) drain();
    },
    limitThreads(now) {
      if (now !== threads) worker.post({ type: 'threads', now });
      threads = now;
    },
    retry: drain,
    detach() {
      gaveUp = true;
      waiting.length = 0;
      clearTimeout(retryTimer);
      clearImmediate(nextPiece);
      staged?.discard();
      staged = undefined;
    },
    kill() {
      leaving = true;
      worker.kill();
      if (exitText !== undefined) drain();
    },
    ended: ended.promise,
  };
}
