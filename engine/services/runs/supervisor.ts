// The queue and the running runs: starts a training process when there is room, and keeps the states in the store up to date.

import type { Place } from '../../contract/pool/place.ts';
import { ACTIVE_STATES, RESUMABLE_STATES } from '../../contract/runs/run.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId } from '../../contract/values/ids.ts';
import { isPassing } from '../../store/file/sqlite-errors.ts';
import type { Workspace } from '../../store/workspace.ts';
import type { EventHub } from '../event-hub.ts';
import type { HostFacilities } from '../host-facilities.ts';
import { createRunPool, type RunPool } from '../pool/run-pool.ts';
import { continueStudies, continueStudy, continueStudyOf } from '../studies/advance.ts';
import type { Suggestions } from '../studies/suggestions.ts';
import { beginAttempt } from './attempt.ts';
import { markInterrupted } from './interrupted-runs.ts';
import { createReadyTrainer } from './ready-trainer.ts';
import { endRun } from './records.ts';
import { createRunJobs } from './run-jobs.ts';
import { createRunSessions } from './run-sessions.ts';
import { type RunSession, startRunSession } from './session.ts';
import { queueRun } from './start.ts';
import { threadShare } from './thread-share.ts';

export interface RunSupervisor {
  /** A run is about to be made: its process starts now, where there is room for it. */
  expectRun(): void;
  /** None was made. */
  expectNothing(): void;
  /** Puts a new or ended run at the end of the queue, and starts what there is room for. */
  enqueue(run: RunId): void;
  /** A queued run leaves the queue; a running one ends after its current step. */
  stop(run: RunId): void;
  /** A stopped, interrupted or failed run goes back into the queue; a paused one tries again at once; a queued one waits for its turn. */
  resume(run: RunId): void;
  move(run: RunId, position: number): void;
  limit(): number;
  setLimit(limit: number): void;
  /** Shares the cores again among the running trainings, after a change of the setting. */
  shareThreads(): void;
  running(): RunId[];
  /** Why a run cannot be written at present: true even where the store could not be saved. */
  pausedReason(run: RunId): string | null;
  /** Starts what an earlier host left in the queue. */
  workQueue(): void;
  /** Carries the mail of the pool from now on: of runs that are there, and of those of studies on it. */
  joinPool(): void;
  /** Where a run that is not active is trained from now on. */
  place(run: RunId, place: Place): void;
  /** Nothing runs and nothing that this host was asked to start is queued. */
  idle(): boolean;
  /** Workers on other machines. */
  readonly pool: RunPool;
  /** Stops every run with a checkpoint; those still there after `graceMs` are killed. They count as interrupted. */
  close(graceMs: number): Promise<void>;
}

const RETRY_MS = 2_000;

export function createRunSupervisor(
  workspace: Workspace,
  hub: EventHub,
  host: HostFacilities,
  suggestions?: Suggestions,
): RunSupervisor {
  let closing = false;
  let retryTimer: NodeJS.Timeout | undefined;
  /** A host that only answers a question leaves the queue of a dead one alone. */
  let working = false;
  /** It carries the mail of the pool. */
  let joined = false;

  const trainers = createReadyTrainer(host.startTrainer);
  const maker = { workspace, hub, host, suggestions };
  suggestions?.onKnown((study) => {
    if (closing) return;
    guard(() => continueStudy(maker, study));
    guard(startWhereThereIsRoom);
  });
  const pool = createRunPool(workspace, host);
  const sessions = createRunSessions((runId) => pool.has(runId));
  const { recordsOf, jobOf } = createRunJobs({ workspace, hub, host }, sessions);
  const limit = (): number => workspace.queue.limit();
  const running = (): RunId[] => {
    const queued = new Set(workspace.queue.order());
    return sessions.active().filter((runId) => !queued.has(runId));
  };
  const queueChanged = (): void =>
    hub.append({ type: 'queue.changed', queued: workspace.queue.order(), limit: limit() });

  function startWhereThereIsRoom(): void {
    if (closing) return;
    for (const runId of joined ? workspace.poolRuns.queued() : []) {
      if (!sessions.has(runId) && !started(() => sendToPool(runId), runId)) return;
    }
    while (working && sessions.here().length < limit()) {
      const next = workspace.poolRuns.nextHere();
      if (next === undefined || !started(() => start(next), next)) return;
    }
  }

  /** False: nothing can be started at present. */
  function started(begin: () => void, runId: RunId): boolean {
    try {
      begin();
      return true;
    } catch (cause) {
      return refuse(runId, HindcastError.wrap(cause, `Run ${runId} could not be started`));
    }
  }

  /** A run that cannot be started must not keep the others waiting. False: nothing can be started at present. */
  function refuse(runId: RunId, error: HindcastError): boolean {
    host.log({ level: 'error', message: error.message });
    try {
      if (isPassing(error)) throw error;
      workspace.transaction(() => {
        workspace.queue.remove(runId);
        endRun(recordsOf(runId), 'failed', error.message);
        queueChanged();
      });
      continueAfter(runId);
      return true;
    } catch {
      clearTimeout(retryTimer);
      retryTimer = setTimeout(() => guard(startWhereThereIsRoom), RETRY_MS);
      return false;
    }
  }

  function start(runId: RunId): void {
    const job = jobOf(runId);
    workspace.transaction(() => beginAttempt(recordsOf(runId), null));
    keep(startRunSession(recordsOf(runId), trainers.take(), job));
    // It trains: whatever goes wrong from here on is no failed start.
    guard(shareThreads);
  }

  /** The run stays in the queue until a worker takes it. */
  function sendToPool(runId: RunId): void {
    const { worker, mark } = pool.join(runId);
    const session = startRunSession({ ...recordsOf(runId), mark }, worker, jobOf(runId));
    keep(session);
    // The host before may have ended before its worker heard of it.
    if (workspace.runs.summary(runId).stopRequested) session.stop();
  }

  /** Runs that were in the mailbox when the host before ended. */
  function joinAgain(): void {
    for (const { run } of workspace.poolRuns.open()) {
      if (!ACTIVE_STATES.includes(workspace.runs.summary(run).state)) {
        pool.finished(run);
        continue;
      }
      try {
        sendToPool(run);
      } catch (cause) {
        const { message } = HindcastError.wrap(cause, 'The pool could not be asked');
        host.log({ level: 'error', message });
        workspace.transaction(() => {
          workspace.queue.remove(run);
          endRun(recordsOf(run), 'interrupted', message);
        });
      }
    }
  }

  function keep(session: RunSession): void {
    const { runId } = session;
    sessions.add(session);
    session.ended.then(() => {
      sessions.remove(session);
      if (closing) return;
      guard(() => pool.finished(runId));
      continueAfter(runId);
      guard(startWhereThereIsRoom);
      guard(shareThreads);
    });
  }

  function shareThreads(): void {
    const runs = sessions.activeHere().length;
    if (runs === 0) return;
    const { now } = threadShare(workspace, runs, host.cores);
    for (const session of sessions.here()) session.limitThreads(now);
  }

  /** Work that no caller waits for: its failure is logged and must not end the process. */
  function guard(work: () => void): void {
    try {
      work();
    } catch (cause) {
      host.log({ level: 'error', message: HindcastError.wrap(cause, 'Work of the queue failed').message });
    }
  }

  function enqueue(runId: RunId): void {
    queueRun({ workspace, hub }, runId);
    workQueue();
  }

  function workQueue(): void {
    // Where the last host ended between the end of a run and what its study asks for next.
    if (!joined) guard(joinAgain);
    joined = true;
    if (!working) guard(() => continueStudies(maker));
    working = true;
    startWhereThereIsRoom();
  }

  function joinPool(): void {
    if (joined) return;
    guard(joinAgain);
    joined = true;
    guard(() => continueStudies(maker, true));
    guard(startWhereThereIsRoom);
  }

  /** It waits in the mailbox: nothing of it stays there. */
  function withdraw(runId: RunId): void {
    sessions.get(runId)?.detach();
    sessions.drop(runId);
    guard(() => pool.finished(runId));
  }

  /** A run has ended: its study may ask for more. */
  const continueAfter = (runId: RunId): void => guard(() => continueStudyOf(maker, runId));

  return {
    expectRun() {
      const isNext = sessions.activeHere().length < limit() && workspace.poolRuns.nextHere() === undefined;
      if (!closing && isNext) guard(trainers.prepare);
    },
    expectNothing: trainers.drop,
    enqueue,
    stop(runId) {
      const { state } = workspace.runs.summary(runId);
      if (state === 'queued') {
        workspace.transaction(() => {
          workspace.queue.remove(runId);
          endRun(recordsOf(runId), 'stopped', 'Taken out of the queue.');
          queueChanged();
        });
        withdraw(runId);
        continueAfter(runId);
        startWhereThereIsRoom();
        return;
      }
      const session = sessions.get(runId);
      if (!session || session.settled) throw wrongState(runId, state, 'stopped');
      // Asked first: on a full disk the note may not fit, and the stop counts all the same.
      session.stop();
      if (session.settled) return;
      workspace.transaction(() => {
        workspace.runs.update(runId, { stopRequested: true });
        hub.append({ type: 'run.stopRequested', runId });
      });
    },
    resume(runId) {
      const session = sessions.get(runId);
      if (session?.pausedReason != null) return session.retry();
      const { state, queuePosition } = workspace.runs.summary(runId);
      // Left in the queue by a host that was killed: nothing to put back, but a user waits for it now.
      if (state === 'queued' && queuePosition !== null) return workQueue();
      if (state === 'queued') return enqueue(runId);
      if (!RESUMABLE_STATES.includes(state)) throw wrongState(runId, state, 'resumed');
      // A user who resumes a run that is held wants it to the end.
      if (state === 'held') workspace.runs.setHoldRule(runId, null);
      enqueue(runId);
    },
    workQueue,
    joinPool,
    place(runId, place) {
      const { state } = workspace.runs.summary(runId);
      if (sessions.has(runId)) throw wrongState(runId, state, 'trained elsewhere');
      if (place === 'pool') workspace.poolRuns.add(runId);
      else workspace.poolRuns.remove(runId);
    },
    move(runId, position) {
      const { state } = workspace.runs.summary(runId);
      if (state !== 'queued') throw wrongState(runId, state, 'moved in the queue');
      workspace.transaction(() => {
        workspace.queue.move(runId, position);
        queueChanged();
      });
    },
    limit,
    setLimit(next) {
      workspace.transaction(() => {
        workspace.queue.setLimit(next);
        queueChanged();
      });
      startWhereThereIsRoom();
    },
    shareThreads,
    running,
    pausedReason: (runId) => sessions.get(runId)?.pausedReason ?? null,
    pool,
    // What is in the mailbox is trained without this host.
    idle: () =>
      suggestions?.busy() !== true &&
      sessions.activeHere().length === 0 &&
      pool.isSent() &&
      (!working || workspace.poolRuns.nextHere() === undefined),
    async close(graceMs) {
      closing = true;
      trainers.drop();
      clearTimeout(retryTimer);
      const open = sessions.here();
      // Those that a user stopped, or that are at their end, are not interrupted by this.
      const unasked = sessions.activeHere().filter((run) => !workspace.runs.summary(run).stopRequested);
      for (const session of open) session.stop();
      const late = setTimeout(
        () => {
          for (const session of open) session.kill();
        },
        isMoved(workspace) ? 0 : graceMs,
      );
      await Promise.all(open.map((session) => session.ended));
      clearTimeout(late);
      await pool.close();
      for (const session of sessions.onPool()) session.detach();
      for (const runId of unasked) guard(() => markInterrupted(recordsOf(runId)));
    },
  };
}

/** No end of a run can be written any more. */
function isMoved(workspace: Workspace): boolean {
  try {
    workspace.refuseMoved();
    return false;
  } catch {
    return true;
  }
}

function wrongState(runId: RunId, state: string, verb: string): HindcastError {
  return new HindcastError('conflict', `Run ${runId} is ${state} and cannot be ${verb}.`, {
    details: { run: runId, state },
  });
}
