// Runs that differ in the model alone get the baselines' scores of an earlier one; whatever else differs has them made again.
import { expect, test } from 'vitest';
import type { Score } from '../../engine/contract/runs/run.ts';
import type { RunId } from '../../engine/contract/values/ids.ts';
import { startRun } from '../../engine/services/runs/runs.ts';
import { createTestEngine, smallExperiment, type TestEngine } from './fixture.ts';
import { ended, prepared } from './messages.ts';

const score = (subject: string, part: Score['part'], value: number): Score => ({
  part,
  subject,
  metric: 'mae',
  unit: 'original',
  target: null,
  value,
  count: 5,
});
const BASELINES = [score('repeat', 'validation', 0.1 + 0.2), score('repeat', 'test', Number.NaN)];
const SCORES = [score('model', 'validation', 1), ...BASELINES, score('model', 'test', 2)];

/** The job that a run of these changes gets. */
function jobOf(engine: TestEngine, changes: object) {
  startRun(engine, { ...smallExperiment, ...changes }, undefined);
  const [first] = engine.trainers.at(-1)!.received;
  return first?.type === 'train' ? first : null;
}

async function finish(engine: TestEngine, scores: readonly Score[]): Promise<RunId> {
  const trainer = engine.trainers.at(-1)!;
  trainer.say(prepared());
  trainer.say({ ...ended(2), scores } as ReturnType<typeof ended>);
  trainer.end();
  await engine.settle();
  return engine.workspace.runs.inState('completed').at(-1)!;
}

async function afterOne(scores: readonly Score[] = SCORES): Promise<TestEngine> {
  const engine = createTestEngine();
  expect(jobOf(engine, {})?.baselines).toBeUndefined();
  await finish(engine, scores);
  return engine;
}

test.each([
  { model: { kind: 'gru', units: 3 } },
  { seed: 7 },
  { training: { epochs: 3 } },
  { name: 'other', description: 'Another one.' },
])('known with %j', async (changes) => {
  const engine = await afterOne();
  expect(jobOf(engine, changes)?.baselines).toEqual(BASELINES);
});

test.each([
  { task: { ...smallExperiment.task, horizon: 1 } },
  { task: { ...smallExperiment.task, metrics: ['mse'] } },
  { task: { ...smallExperiment.task, lookback: 3 } },
  { split: { kind: 'fraction', train: 0.5, validation: 0.2 } },
  { pipeline: [] },
  { evaluation: { scale: 'standardized' } },
])('made again with %j', async (changes) => {
  const engine = await afterOne();
  expect(jobOf(engine, changes)?.baselines).toBeUndefined();
});

test('a run without scores leaves nothing behind', async () => {
  const engine = await afterOne([]);
  expect(jobOf(engine, { seed: 7 })?.baselines).toBeUndefined();
});
