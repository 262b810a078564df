// Runs that train at once share the cores: the training processes are told whenever one begins or ends.
import { expect, test } from 'vitest';
import type { RunId } from '../../engine/contract/values/ids.ts';
import { startRun } from '../../engine/services/runs/runs.ts';
import { changeSettings } from '../../engine/services/workspace.ts';
import { createTestEngine, type FakeTrainer, smallExperiment } from './fixture.ts';
import { checkpoint, ended, prepared } from './messages.ts';

function start(engine: ReturnType<typeof createTestEngine>): [RunId, FakeTrainer] {
  const run = startRun(engine, smallExperiment, undefined).id;
  return [run, engine.trainers.at(-1)!];
}

/** Threads of a training process, first to last. */
const told = ({ received }: FakeTrainer): number[] =>
  received.flatMap((message) =>
    message.type === 'train' ? [message.threads.now] : message.type === 'threads' ? [message.now] : [],
  );

async function finish(engine: ReturnType<typeof createTestEngine>, trainer: FakeTrainer): Promise<void> {
  for (const message of [prepared(), checkpoint(2, 1, 0), ended(3)]) trainer.say(message);
  trainer.end();
  await engine.settle();
}

test('a run alone has all cores, several share them, and those that remain get the cores of those that ended', async () => {
  const engine = createTestEngine({ cores: 8 });
  engine.supervisor.setLimit(3);
  const [, first] = start(engine);
  expect(first.received[0]).toMatchObject({ threads: { now: 8, most: 8, fixed: false } });
  const [, second] = start(engine);
  const [, third] = start(engine);
  expect([told(first), told(second), told(third)]).toEqual([[8, 4, 2], [4, 2], [2]]);
  await finish(engine, second);
  expect([told(first), told(second), told(third)]).toEqual([
    [8, 4, 2, 4],
    [4, 2],
    [2, 4],
  ]);
  await finish(engine, first);
  expect(told(third)).toEqual([2, 4, 8]);
});

test('a run that waits in the queue takes no share, and its start does not change that of the next', async () => {
  const engine = createTestEngine({ cores: 6 });
  const [, first] = start(engine);
  startRun(engine, smallExperiment, undefined);
  expect(engine.trainers).toHaveLength(1);
  expect(told(first)).toEqual([6]);
  await finish(engine, first);
  expect(engine.trainers).toHaveLength(2);
  expect(told(engine.trainers[1]!)).toEqual([6]);
});

test('never fewer than one thread; a number that the user chose is taken as it is, at once', () => {
  const engine = createTestEngine({ cores: 2 });
  engine.supervisor.setLimit(3);
  const trainers = [start(engine)[1], start(engine)[1], start(engine)[1]];
  expect(trainers.map((trainer) => told(trainer).at(-1))).toEqual([1, 1, 1]);
  changeSettings(engine, { threads: 5 });
  expect(trainers.map((trainer) => told(trainer).at(-1))).toEqual([5, 5, 5]);
  engine.supervisor.setLimit(4);
  expect(start(engine)[1].received[0]).toMatchObject({ threads: { now: 5, most: 5, fixed: true } });
});
