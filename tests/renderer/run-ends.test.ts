// What the system is told about training: runs that ended in the background, and the progress of running ones.
import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EngineClient } from '../../engine/connect/connection.ts';
import type { EngineEvent, EventBody } from '../../engine/contract/api/events.ts';
import type { RunSummary } from '../../engine/contract/runs/run.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { setPreference } from '../../renderer/app/preferences.ts';
import { keys } from '../../renderer/engine/queries.ts';
import { watchRunEnds } from '../../renderer/engine/run-ends.ts';

const address = { hash: '' };

beforeEach(() => {
  address.hash = '';
  vi.stubGlobal('localStorage', { setItem: () => {} });
  vi.stubGlobal('window', { location: address });
});
afterEach(() => {
  setPreference('notifyRunEnd', true);
  vi.unstubAllGlobals();
});

const run = (id: number, fields: Partial<RunSummary> = {}): RunSummary =>
  ({
    id,
    name: `run ${id}`,
    state: 'running',
    step: 0,
    totalSteps: 100,
    epoch: 0,
    totalEpochs: 10,
    bestValidationLoss: null,
    ...fields,
  }) as RunSummary;

interface Told {
  readonly title: string;
  readonly body: string;
  click(): void;
}

/** A watcher over an engine that has these runs, and what the shell heard of it. */
function watched(...stored: readonly RunSummary[]) {
  const told: Told[] = [];
  const progress: (number | null)[] = [];
  const queries = new QueryClient();
  const get = async ({ run: id }: { run: number }) => {
    const found = stored.find((run) => run.id === id);
    if (!found) throw new HindcastError('not-found', `There is no run ${id}.`);
    return found;
  };
  const hear = watchRunEnds({
    engine: { runs: { get } } as unknown as EngineClient,
    queries,
    shell: {
      notify: (title, body, click = () => {}) => void told.push({ title, body, click }),
      setProgress: (fraction) => void progress.push(fraction),
    },
  });
  async function end(...bodies: readonly Partial<EventBody>[]): Promise<void> {
    hear(bodies.map((body, at): EngineEvent => ({ sequence: at + 1, atMs: 0, body: body as EventBody })));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const list = (...runs: readonly RunSummary[]) => queries.setQueryData(keys.runs, runs);
  return { told, progress, queries, end, list };
}

const ended = (runId: number, state: RunSummary['state'], reason: string | null = null) =>
  ({ type: 'run.ended', runId, state, reason }) as Partial<EventBody>;

test('says which run ended and how, with its best loss or the reason', async () => {
  const { told, end } = watched(
    run(1, { name: 'sp500 lstm', bestValidationLoss: 0.012345 }),
    run(2, { bestValidationLoss: 0.5 }),
    run(3),
    run(4),
    run(5),
  );
  await end(
    ended(1, 'completed'),
    ended(2, 'diverged', 'Its loss is no longer a number.'),
    ended(3, 'failed', 'The data are gone.'),
    ended(4, 'interrupted', 'Its process ended.'),
    ended(5, 'completed'),
  );
  expect(told.map(({ title, body }) => [title, body])).toEqual([
    ['sp500 lstm completed', 'Best validation loss 0.01235'],
    ['run 2 diverged', 'Its loss is no longer a number.'],
    ['run 3 failed', 'The data are gone.'],
    ['run 4 interrupted', 'Its process ended.'],
    ['run 5 completed', ''],
  ]);
});

test('says nothing of a run that was stopped, of one that continues, and of one that is gone', async () => {
  const { told, end } = watched(run(1), run(2));
  await end(
    ended(1, 'stopped'),
    { type: 'run.paused', runId: 2, reason: 'The disk is full.' } as Partial<EventBody>,
    ended(3, 'completed'),
  );
  expect(told).toEqual([]);
});

test('says nothing while it is switched off', async () => {
  const { told, end } = watched(run(1), run(2));
  setPreference('notifyRunEnd', false);
  await end(ended(1, 'completed'));
  setPreference('notifyRunEnd', true);
  await end(ended(2, 'completed'));
  expect(told.map(({ title }) => title)).toEqual(['run 2 completed']);
});

test('the click opens the page of that run', async () => {
  const { told, end } = watched(run(7), run(8));
  await end(ended(7, 'completed'), ended(8, 'completed'));
  expect(address.hash).toBe('');
  told[0]?.click();
  expect(address.hash).toBe('#/runs/7');
});

test('the engine is asked, since what was fetched before lacks the last epoch, or the run', async () => {
  const { told, end, list, queries } = watched(run(1, { name: 'renamed', bestValidationLoss: 0.25 }));
  list();
  queries.setQueryData(keys.run(1), run(1, { bestValidationLoss: 0.75 }));
  await end(ended(1, 'completed'));
  expect(told).toMatchObject([{ title: 'renamed completed', body: 'Best validation loss 0.2500' }]);
});

test('progress is that of the runs that train, and goes with the last of them', () => {
  const { progress, queries, list } = watched();
  const shown = () => progress.at(-1);
  list(run(1, { state: 'queued' }), run(2, { state: 'completed', step: 100 }));
  expect(shown()).toBeNull();
  list(run(1, { step: 25 }), run(2, { state: 'completed', step: 100 }));
  expect(shown()).toBe(0.25);
  list(run(1, { step: 50 }), run(3, { totalSteps: null, epoch: 1 }));
  expect(shown()).toBeCloseTo((0.5 + 0.1) / 2, 12);
  list(run(1, { state: 'completed', step: 100 }), run(3, { state: 'stopped' }));
  expect(shown()).toBeNull();

  const before = progress.length;
  queries.setQueryData(keys.datasets, []);
  expect(progress).toHaveLength(before);
});
