// labs.run: parts one after the other, a result that is kept, own data, and what is refused.
import { expect, test } from 'vitest';
import { LabChoiceSchema, type LabUpdate } from '../../engine/contract/labs.ts';
import type { Jobs } from '../../engine/contract/processes/jobs/table.ts';
import type { EngineContext } from '../../engine/services/context.ts';
import { runLab } from '../../engine/services/labs/labs.ts';
import type { RunJob } from '../../engine/services/processes/job-pool.ts';
import { createTestEngine, runJobHere } from './fixture.ts';

async function updatesOf(context: EngineContext, choice: object, runJob: RunJob<Jobs> = runJobHere) {
  const updates: LabUpdate[] = [];
  for await (const update of runLab({ ...context, runJob }, LabChoiceSchema.parse(choice), undefined)) {
    updates.push(update);
  }
  return updates;
}

test('a lab says what it does, and its result is kept, listed and deleted', async () => {
  const engine = createTestEngine();
  const updates = await updatesOf(engine, { lab: 'state', guess: 'gone', quick: true });
  expect(updates).toMatchObject([
    { type: 'progress', doing: 'reading a window before training', done: 0, of: 2, secondsLeft: null },
    { type: 'progress', done: 1, of: 2, secondsLeft: expect.any(Number) },
    { type: 'done', result: { id: 1, lab: 'state', guess: 'gone', quick: true, data: null } },
  ]);
  const { labResults } = engine.workspace;
  expect(labResults.list('state')).toMatchObject([
    { id: 1, sentence: expect.stringContaining('of the change') },
  ]);
  expect(labResults.list('gates')).toEqual([]);
  expect(labResults.get(1).outcome.figures).toHaveLength(4);
  labResults.delete(1);
  expect(() => labResults.get(1)).toThrow('There is no result 1 of a lab');
});

test('own data are named with their version; a column that is none is refused with those that are', async () => {
  const engine = createTestEngine();
  const data = { dataset: 'waves', target: 'level' };
  const asked: unknown[] = [];
  const outcome = { answer: 'gone', sentence: 'Gone.', remarks: [], figures: [] };
  const runJob = (async (_: string, input: { own: unknown; results: unknown }) => {
    asked.push(input.own);
    return { parts: [], ...(input.results === null ? {} : { outcome }) };
  }) as never;
  const [done] = await updatesOf(engine, { lab: 'state', data }, runJob);
  expect(done).toMatchObject({ type: 'done', result: { data: 'level of waves, version 1' } });
  expect(asked[0]).toMatchObject({ dataset: 'waves', target: 'level' });
  await expect(updatesOf(engine, { lab: 'state', data: { ...data, target: 'nothing' } })).rejects.toThrow(
    'waves has no numeric column "nothing"; a lab can take level',
  );
  await expect(updatesOf(engine, { lab: 'state', data: { ...data, series: 'x' } })).rejects.toThrow(
    'waves has no series "x"',
  );
});

test('a series that is too short for a lab is refused with what it needs, and nothing is kept', async () => {
  const engine = createTestEngine();
  const data = { dataset: 'waves', target: 'level' };
  await expect(updatesOf(engine, { lab: 'fading', data, quick: true })).rejects.toThrow(
    /this lab needs \d+ for windows of 50; choose a longer series/,
  );
  expect(engine.workspace.labResults.list(undefined)).toEqual([]);
});
