// Events are appended to the store; then watchers are woken and read them from there. So a watcher sees each sequence number once
// and in order, whether it was connected all the time or comes back later, and an event of a failed transaction is never sent.

import type { EngineEvent, EventBody } from '../contract/api/events.ts';
import { HindcastError } from '../contract/values/errors.ts';
import type { RunId } from '../contract/values/ids.ts';
import type { Workspace } from '../store/workspace.ts';

export interface EventHub {
  append(body: EventBody): void;
  /** Tells the present watchers alone, where nothing can be stored. */
  announce(body: EventBody): void;
  /**
   * Endless; ends with the signal or with `close`. Throws `workspace-moved` where `after` was never given: a backup took the place of the
   * file that the watcher knows, and what it waits for may never come.
   */
  watch(
    after: number,
    run: RunId | undefined,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<EngineEvent, void>;
  close(): void;
}

const PAGE = 500;

export function createEventHub(workspace: Workspace, now: () => number): EventHub {
  const sleepers = new Set<() => void>();
  /** Of each watcher: what was announced and not sent yet. */
  const inboxes = new Set<EngineEvent[]>();
  let closed = false;
  let wakePlanned = false;

  function wake(): void {
    wakePlanned = false;
    for (const sleeper of [...sleepers]) sleeper();
  }

  /** Resolves at the next append, at close, or when the signal fires. */
  function sleep(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        sleepers.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      sleepers.add(done);
      signal?.addEventListener('abort', done, { once: true });
      if (signal?.aborted) done();
    });
  }

  return {
    append(body) {
      workspace.events.append(body, now());
      if (wakePlanned) return;
      wakePlanned = true;
      // After the current transaction: its writes are then visible or rolled back.
      setImmediate(wake);
    },
    announce(body) {
      for (const inbox of inboxes) inbox.push({ sequence: 0, atMs: now(), body });
      wake();
    },
    async *watch(after, run, signal) {
      if (after > workspace.events.lastSequence()) throw earlier(workspace.path);
      let last = after;
      const inbox: EngineEvent[] = [];
      inboxes.add(inbox);
      try {
        while (!closed && !signal?.aborted) {
          const stored = workspace.events.after(last, PAGE, run);
          last = stored.at(-1)?.sequence ?? last;
          const events = [...stored, ...inbox.splice(0).filter((event) => isOf(event, run))];
          for (const event of events) {
            if (closed || signal?.aborted) return;
            yield event;
          }
          if (events.length === 0) await sleep(signal);
        }
      } finally {
        inboxes.delete(inbox);
      }
    },
    close() {
      closed = true;
      wake();
    },
  };
}

const earlier = (path: string): HindcastError =>
  new HindcastError(
    'workspace-moved',
    `${path} is an earlier copy of the workspace that was watched, put in its place meanwhile: see the list of runs for what it has.`,
    { details: { path } },
  );

const isOf = ({ body }: EngineEvent, run: RunId | undefined): boolean =>
  run === undefined || ('runId' in body && body.runId === run);
