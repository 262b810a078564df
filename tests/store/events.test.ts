import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EventBody } from '../../engine/contract/api/events.ts';
import type { DatasetId, RunId } from '../../engine/contract/values/ids.ts';
import { newRun, newWorkspace, openTest, temporaryFolder } from './helpers.ts';

const progressed = (runId: RunId, trainLoss: number): EventBody => ({
  type: 'run.progressed',
  runId,
  step: 1,
  totalSteps: 2,
  epoch: 1,
  trainLoss,
  secondsLeft: null,
});

test('events come back in order, after a number, of one run, with NaN and infinities', () => {
  const { events, ...workspace } = newWorkspace();
  const runId = newRun({ events, ...workspace });
  expect(events.lastSequence()).toBe(0);
  const bodies: EventBody[] = [
    { type: 'run.created', runId, name: 'run' },
    { type: 'dataset.deleted', datasetId: 1 as DatasetId },
    progressed(runId, Number.NaN),
    progressed(runId, Number.NEGATIVE_INFINITY),
    { type: 'queue.changed', queued: [runId], limit: 2 },
  ];
  const appended = bodies.map((body, index) => events.append(body, 100 + index));
  expect(appended.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  expect(events.after(0, 100)).toEqual(appended);
  expect(events.after(0, 100).map(({ body }) => body)).toEqual(bodies);
  expect(events.after(2, 2)).toEqual(appended.slice(2, 4));
  expect(events.after(0, 100, runId)).toEqual([appended[0], appended[2], appended[3]]);
  expect(events.after(3, 100, runId)).toEqual([appended[3]]);
});

test('pruning takes the progress of that run only, and no number is given twice', () => {
  const path = join(temporaryFolder(), 'w.hindcast');
  const first = openTest(path);
  const [runId, other] = [newRun(first), newRun(first)];
  first.events.append({ type: 'run.created', runId, name: 'run' }, 1);
  first.events.append(progressed(other, 1), 1);
  first.events.append(progressed(runId, 1), 1);
  first.events.append(progressed(runId, 2), 1);
  expect(first.events.prune(runId, ['run.progressed'])).toBe(2);
  expect(first.events.after(0, 10).map(({ sequence }) => sequence)).toEqual([1, 2]);
  expect(first.info().lastSequence).toBe(4);
  first.close();
  const again = openTest(path);
  expect(again.events.lastSequence()).toBe(4);
  expect(again.events.append({ type: 'run.deleted', runId }, 1).sequence).toBe(5);
  again.close();
});

test('settings keep any JSON, and know what was never set', () => {
  const { settings } = newWorkspace();
  expect(settings.get('theme')).toBeUndefined();
  for (const value of [null, false, 'dark', [1, { a: Number.NaN }]]) {
    settings.set('theme', value);
    expect(settings.get('theme')).toEqual(value);
  }
});

test('slow statements are logged, others are not', () => {
  const lines: string[] = [];
  let nowMs = 0;
  let stepMs = 0;
  const workspace = openTest(join(temporaryFolder(), 'w.hindcast'), {
    now: () => {
      nowMs += stepMs;
      return nowMs;
    },
    logger: (line) => lines.push(line),
  });
  workspace.settings.set('a', 1);
  expect(lines).toEqual([]);
  stepMs = 41;
  workspace.settings.get('a');
  expect(lines).toEqual([
    expect.stringMatching(/^slow statement, 41 ms: SELECT value FROM setting WHERE key = \?/),
  ]);
  workspace.close();
});

test('a transaction is all or nothing, also a nested one', () => {
  const { settings, transaction } = newWorkspace();
  expect(() =>
    transaction(() => {
      settings.set('a', 1);
      throw new Error('no');
    }),
  ).toThrow(/^no$/);
  expect(settings.get('a')).toBeUndefined();
  const result = transaction(() => {
    settings.set('outer', 1);
    expect(() =>
      transaction(() => {
        settings.set('inner', 1);
        throw new Error('no');
      }),
    ).toThrow(/^no$/);
    return 7;
  });
  expect(result).toBe(7);
  expect([settings.get('outer'), settings.get('inner')]).toEqual([1, undefined]);
});
