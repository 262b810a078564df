// The small parts of the training process, with a clock that the test controls.
import { expect, test } from 'vitest';
import { createEventRelay } from '../../../engine/hosts/trainer/event-relay.ts';
import { createOutbox, MOST_UNSTORED, type OutboxMessage } from '../../../engine/hosts/trainer/outbox.ts';
import { createStepRecorder } from '../../../engine/hosts/trainer/step-recorder.ts';
import { createTimeLeft } from '../../../engine/hosts/trainer/time-left.ts';

const checkpoint: OutboxMessage = { type: 'checkpoint', step: 1, epoch: 0, data: new Uint8Array(1) };

test('the outbox numbers from 1 and lets at most 64 messages be unstored', async () => {
  const posted: number[] = [];
  const outbox = createOutbox(async ({ message }) => void posted.push(message));
  let sent = 0;
  const all = (async () => {
    for (; sent < 70; sent++) await outbox.send(checkpoint);
  })();
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toBe(MOST_UNSTORED);
  expect(posted.at(-1)).toBe(64);
  outbox.stored(2);
  outbox.stored(1); // late news is no news
  await new Promise((resolve) => setImmediate(resolve));
  expect(posted).toEqual(Array.from({ length: 66 }, (_, index) => index + 1));
  outbox.stored(66);
  await all;
  expect(posted).toHaveLength(70);
});

test('the time left follows the steps and the last validation', () => {
  let now = 0;
  const left = createTimeLeft(() => now);
  expect(left.estimate({ steps: 10, epochs: 1 })).toBeNull();
  for (let step = 0; step < 20; step++) {
    // The first step compiles: an estimate from it alone would be an hour.
    expect(left.estimate({ steps: 10_000, epochs: 1 })).toBeNull();
    now += 100;
    left.step();
  }
  expect(left.estimate({ steps: 10, epochs: 1 })).toBeCloseTo(1, 9);
  now += 500;
  left.epoch();
  expect(left.estimate({ steps: 10, epochs: 2 })).toBeCloseTo(1 + 2 * 0.5, 9);
  // Another pace is taken over within some dozens of steps; validations do not count as steps.
  for (let step = 0; step < 150; step++) {
    now += 300;
    left.step();
  }
  expect(left.estimate({ steps: 10, epochs: 0 })).toBeCloseTo(3, 1);
});

test('the time left of short steps does not jump with a few slow ones', () => {
  let now = 0;
  const left = createTimeLeft(() => now);
  const run = (steps: number, ms: number) => {
    for (let step = 0; step < steps; step++) {
      now += ms;
      left.step();
    }
    return left.estimate({ steps: 1_000, epochs: 0 });
  };
  expect(run(2_000, 8)).toBeCloseTo(8, 9);
  // Another program took the processor for a third of a second.
  expect(run(10, 32)).toBeLessThan(9);
  // A lasting change is taken over.
  expect(run(2_000, 32)).toBeGreaterThan(30);
});

test('rows of neighbouring steps travel together, row by row', () => {
  let now = 0;
  const recorder = createStepRecorder(() => now);
  expect(recorder.take(1)).toBeNull();
  recorder.add({ type: 'step', step: 7, epoch: 1, values: [1, 2] });
  recorder.add({ type: 'step', step: 8, epoch: 2, values: [3, Number.NaN] });
  expect(recorder.due()).toBe(false);
  now = 200;
  expect(recorder.due()).toBe(true);
  expect(recorder.take(5)).toEqual({
    type: 'steps',
    firstStep: 7,
    count: 2,
    epoch: 2,
    values: Float64Array.of(1, 2, 3, Number.NaN),
    secondsLeft: 5,
  });
  expect(recorder.due()).toBe(false);
  expect(recorder.take(5)).toBeNull();
});

test('a checkpoint is due ten seconds after the last one, rows go out before it', async () => {
  let now = 0;
  const sent: OutboxMessage[] = [];
  const outbox = { send: async (message: OutboxMessage) => void sent.push(message), stored: () => {} };
  const relay = createEventRelay({ outbox, now: () => now, totalSteps: 10, epochs: 2 });
  now = 100;
  await relay.relay({ type: 'step', step: 1, epoch: 1, values: [1] });
  expect(sent).toEqual([]);
  now = 9_999;
  expect(relay.checkpointDue()).toBe(false);
  now = 10_000;
  expect(relay.checkpointDue()).toBe(true);
  await relay.relay({ type: 'checkpoint', step: 1, epoch: 0, data: new Uint8Array(1) });
  expect(sent.map(({ type }) => type)).toEqual(['steps', 'checkpoint']);
  expect(sent[0]).toMatchObject({ secondsLeft: null });
  expect(relay.checkpointDue()).toBe(false);
  now = 20_000;
  expect(relay.checkpointDue()).toBe(true);
  // Ten seconds a step by now, the newest counting a little more, and eight of them to come.
  await relay.relay({ type: 'step', step: 2, epoch: 1, values: [1] });
  expect(sent.at(-1)).toMatchObject({
    type: 'steps',
    secondsLeft: expect.closeTo((8 * (0.95 * 100 + 19_900)) / 1.95 / 1000, 6),
  });
});
