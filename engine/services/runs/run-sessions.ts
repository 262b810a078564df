// The attempts under way: those with a training process of this machine, and those with a worker elsewhere.
import type { RunId } from '../../contract/values/ids.ts';
import type { RunSession } from './session.ts';

export interface RunSessions {
  get(run: RunId): RunSession | undefined;
  has(run: RunId): boolean;
  add(session: RunSession): void;
  /** Of the run, whichever it is. */
  drop(run: RunId): void;
  /** It has ended: a run that was resumed at once has another session by now. */
  remove(session: RunSession): void;
  here(): RunSession[];
  onPool(): RunSession[];
  /** Runs whose end is not stored yet. */
  active(): RunId[];
  activeHere(): RunId[];
}

export function createRunSessions(isOnPool: (run: RunId) => boolean): RunSessions {
  const sessions = new Map<RunId, RunSession>();
  const all = (): RunSession[] => [...sessions.values()];
  const here = (): RunSession[] => all().filter(({ runId }) => !isOnPool(runId));
  const activeOf = (some: readonly RunSession[]): RunId[] =>
    some.flatMap(({ settled, runId }) => (settled ? [] : [runId]));
  return {
    get: (run) => sessions.get(run),
    has: (run) => sessions.has(run),
    add: (session) => void sessions.set(session.runId, session),
    drop: (run) => void sessions.delete(run),
    remove(session) {
      if (sessions.get(session.runId) === session) sessions.delete(session.runId);
    },
    here,
    onPool: () => all().filter(({ runId }) => isOnPool(runId)),
    active: () => activeOf(all()),
    activeHere: () => activeOf(here()),
  };
}
