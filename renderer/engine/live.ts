// Live updates: one stream of events for the whole window, applied to the query cache at most ten times a second.
//
// Events are hints. If an event has all details of a change to a run, the cache is patched; otherwise the affected queries are
// asked again.
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { EngineEvent } from '../../engine/contract/api/events.ts';
import type { RunSummary } from '../../engine/contract/runs/run.ts';
import type { WatchedConnection } from './engine-context.tsx';
import { keys } from './queries.ts';
import { patchOf, patchRuns } from './run-patches.ts';

const FLUSH_MS = 100;
/** Lists and curves are asked for again at most this often. */
const REFRESH_MS = 500;
const RETRY_MS = 1_000;

export interface LiveOptions {
  readonly connection: WatchedConnection;
  readonly queries: QueryClient;
  /** Every event, after the cache has it. */
  onEvents?(events: readonly EngineEvent[]): void;
}

/** Follows the engine until the returned function is called. */
export function followEvents({ connection, queries, onEvents }: LiveOptions): () => void {
  const ending = new AbortController();
  const refresher = createRefresher(queries);
  let batch: EngineEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    timer = undefined;
    const events = batch;
    batch = [];
    queries.setQueryData<readonly RunSummary[]>(keys.runs, (runs) => runs && patchRuns(runs, events));
    for (const key of staleAfter(events)) refresher.refresh(key);
    onEvents?.(events);
  }

  async function follow(): Promise<void> {
    const { workspace } = await connection.client.engine.describe();
    // What was fetched before this point may be older than the first event.
    await queries.invalidateQueries();
    const stream = connection.watchEvents({ after: workspace.lastSequence, signal: ending.signal });
    for await (const event of stream) {
      batch.push(event);
      timer ??= setTimeout(flush, FLUSH_MS);
    }
  }

  async function keepFollowing(): Promise<void> {
    while (!ending.signal.aborted) {
      await follow().catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
  const forgetLink = connection.onLinkState((state) => {
    if (state === 'connected') queries.invalidateQueries();
  });
  keepFollowing();
  return () => {
    ending.abort();
    forgetLink();
    refresher.stop();
    clearTimeout(timer);
  };
}

/** What a study says of its runs comes from their scores. */
const CHANGES_STUDIES: ReadonlySet<string> = new Set([
  'study.created',
  'study.changed',
  'study.deleted',
  'run.ended',
  'run.deleted',
]);

/** Beside those: what a trial has reached, and what it does. */
const CHANGES_TRIALS: ReadonlySet<string> = new Set(['run.created', 'run.started', 'run.epochEnded']);

/** Keys of the queries that these events make stale, each once. */
export function staleAfter(events: readonly EngineEvent[]): QueryKey[] {
  const stale = new Map<string, QueryKey>();
  const add = (key: QueryKey) => stale.set(JSON.stringify(key), key);
  for (const { body } of events) {
    if (body.type.startsWith('dataset.')) {
      add(keys.datasets);
      add(keys.engine);
    }
    if (body.type === 'queue.changed') {
      add(keys.queue);
      add(keys.runs);
    }
    if (CHANGES_STUDIES.has(body.type)) add(keys.studies);
    if (CHANGES_STUDIES.has(body.type) || CHANGES_TRIALS.has(body.type)) add(keys.sweeps);
    if (!('runId' in body)) continue;
    if (body.type === 'run.progressed') {
      add(keys.curvesOf(body.runId));
      continue;
    }
    add(keys.run(body.runId));
    if (body.type === 'run.epochEnded') {
      add(keys.curvesOf(body.runId));
      add(keys.sparkline(body.runId));
    }
    if (body.type === 'run.started' || body.type === 'run.ended') {
      add(keys.curvesOf(body.runId));
      add(keys.queue);
    }
    if (body.type === 'run.labelled') add(keys.labels);
    if (patchOf(body) === null) add(keys.runs);
  }
  return [...stale.values()];
}

/** Invalidates a key at once, and again after REFRESH_MS at the earliest; the last change is never missed. */
function createRefresher(queries: QueryClient) {
  const waiting = new Map<string, { again: boolean; timer: ReturnType<typeof setTimeout> }>();
  function refresh(key: QueryKey): void {
    const name = JSON.stringify(key);
    const entry = waiting.get(name);
    if (entry) {
      entry.again = true;
      return;
    }
    queries.invalidateQueries({ queryKey: key });
    const timer = setTimeout(() => {
      const again = waiting.get(name)?.again;
      waiting.delete(name);
      if (again) refresh(key);
    }, REFRESH_MS);
    waiting.set(name, { again: false, timer });
  }
  return {
    refresh,
    stop() {
      for (const { timer } of waiting.values()) clearTimeout(timer);
    },
  };
}
