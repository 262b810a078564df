// However often a run is stopped and resumed, it equals an uninterrupted one: the same rows, the same bits.
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { TrainingEvent } from '../../engine/training/events.ts';
import { bitsOf, noisySine, type Recorded, record, type ToyTraining, toyTraining, useCpu } from './toy.ts';

beforeAll(useCpu);

const toyOf = (training: object, layers = 1): ToyTraining =>
  toyTraining({
    values: noisySine(44, 10, 0.4),
    missing: new Set([12, 13, 29]),
    lookback: 4,
    horizon: 2,
    units: 3,
    layers,
    training: { batchSize: 6, optimizer: { kind: 'adam', learningRate: 0.05 }, ...training },
  });

/** What the store would hold: rows after the checkpoint are dropped when the run resumes from it. */
interface Stored {
  steps: Recorded['steps'];
  epochs: Recorded['epochs'];
  checkpoint: Extract<TrainingEvent, { type: 'checkpoint' }> | null;
}

function store(stored: Stored, attempt: Recorded): void {
  const from = stored.checkpoint ?? { step: 0, epoch: 0 };
  stored.steps = [...stored.steps.filter(({ step }) => step <= from.step), ...attempt.steps];
  stored.epochs = [...stored.epochs.filter(({ epoch }) => epoch <= from.epoch), ...attempt.epochs];
  stored.checkpoint = attempt.checkpoints.at(-1) ?? stored.checkpoint;
}

async function trainWithStops(
  toy: ToyTraining,
  stops: readonly number[],
): Promise<Stored & { last: Recorded }> {
  const stored: Stored = { steps: [], epochs: [], checkpoint: null };
  for (const stopAt of stops) {
    store(stored, await record(toy, { stopAt, checkpoint: stored.checkpoint?.data ?? null }));
  }
  const last = await record(toy, { checkpoint: stored.checkpoint?.data ?? null });
  store(stored, last);
  return { ...stored, last };
}

function expectEqualRuns(straight: Recorded, resumed: Awaited<ReturnType<typeof trainWithStops>>): void {
  expect(resumed.steps).toEqual(straight.steps);
  expect(resumed.epochs).toEqual(straight.epochs);
  expect(bitsOf(resumed.last.ended.last.weights)).toEqual(bitsOf(straight.ended.last.weights));
  expect(bitsOf(resumed.last.ended.best?.weights)).toEqual(bitsOf(straight.ended.best?.weights));
  const { state, reason, best } = straight.ended;
  expect(resumed.last.ended).toMatchObject({ state, reason, best: { step: best!.step, epoch: best!.epoch } });
}

test('stop at any steps and resume equals straight through', async () => {
  const toy = toyOf({ epochs: 3, checkpointEverySteps: 2 });
  const straight = await record(toy);
  const total = straight.steps.length;
  expect(total).toBe(12);
  const stops = fc.array(fc.integer({ min: 0, max: total }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(stops, async (at) => {
      expectEqualRuns(
        straight,
        await trainWithStops(
          toy,
          at.toSorted((a, b) => a - b),
        ),
      );
    }),
    { numRuns: 25, seed: 7 },
  );
});

test('training may stop at every step, two layers, without shuffling', async () => {
  const toy = toyOf({ epochs: 2, shuffle: false, clipNorm: 0.05 }, 2);
  const straight = await record(toy);
  for (let stopAt = 0; stopAt <= straight.steps.length; stopAt++) {
    expectEqualRuns(straight, await trainWithStops(toy, [stopAt]));
  }
});

test('early stopping comes at the same epoch, its patience counted over the stop', async () => {
  const toy = toyOf({ epochs: 60, earlyStopping: { patience: 2, minDelta: 0.002 } });
  const straight = await record(toy);
  expect(straight.ended.reason).toMatch(/Stopped early/);
  const steps = straight.steps.length;
  expectEqualRuns(straight, await trainWithStops(toy, [steps - 9, steps - 5, steps - 1]));
});

test('a process killed at any moment resumes from the last checkpoint that was kept', async () => {
  const toy = toyOf({ epochs: 3, checkpointEverySteps: 3 });
  const straight = await record(toy);
  // Everything that the killed process yielded up to then is stored, as it may be.
  const all: TrainingEvent[] = [];
  await record(toy, { onEvent: (event) => all.push(event) });
  for (let kept = 1; kept < all.length; kept++) {
    const before = all.slice(0, kept);
    const of = <Type extends TrainingEvent['type']>(type: Type) =>
      before.filter((event): event is Extract<TrainingEvent, { type: Type }> => event.type === type);
    const stored: Stored = {
      steps: of('step'),
      epochs: of('epoch'),
      checkpoint: of('checkpoint').at(-1) ?? null,
    };
    const last = await record(toy, { checkpoint: stored.checkpoint?.data ?? null });
    store(stored, last);
    expectEqualRuns(straight, { ...stored, last });
  }
});

test('a stop during validation keeps the steps and repeats the validation', async () => {
  const toy = toyOf({ epochs: 2 });
  const straight = await record(toy);
  const perEpoch = straight.epochs[0]!.step;
  let validating = false;
  const task = {
    ...toy.task,
    *validate(weight: Parameters<typeof toy.task.validate>[0]) {
      validating = true;
      return yield* toy.task.validate(weight);
    },
  };
  const { train } = await import('../../engine/training/loop.ts');
  const events: TrainingEvent[] = [];
  const setup = { task, training: toy.training, seed: 1, checkpoint: null, checkpointDue: () => false };
  for await (const event of train({ ...setup, shouldStop: () => validating })) events.push(event);
  const checkpoint = events.at(-2);
  expect(checkpoint).toMatchObject({ type: 'checkpoint', step: perEpoch, epoch: 0 });
  expect(events.some(({ type }) => type === 'epoch')).toBe(false);
  const data = checkpoint?.type === 'checkpoint' ? checkpoint.data : null;
  const rest = await record(toy, { checkpoint: data });
  expect(rest.epochs).toEqual(straight.epochs);
  expect(rest.steps).toEqual(straight.steps.slice(perEpoch));
  expect(bitsOf(rest.ended.last.weights)).toEqual(bitsOf(straight.ended.last.weights));
});

test('a run that was over when its process died ends at once', async () => {
  const toy = toyOf({ epochs: 2 });
  const straight = await record(toy);
  const again = await record(toy, { checkpoint: straight.checkpoints.at(-1)!.data });
  expect(again.steps).toEqual([]);
  expect(again.ended).toEqual(straight.ended);
});

test('held at rungs and resumed at each, a run of any schedule equals one that never was', async () => {
  for (const schedule of [{ kind: 'cosine' }, { kind: 'plateau' }]) {
    const toy = toyOf({ epochs: 6, schedule });
    const straight = await record(toy);
    const stored: Stored = { steps: [], epochs: [], checkpoint: null };
    for (const afterEpoch of [1, 3]) {
      const attempt = await record(toy, {
        hold: { afterEpoch },
        checkpoint: stored.checkpoint?.data ?? null,
      });
      expect(attempt.ended).toMatchObject({ state: 'held', last: { epoch: afterEpoch } });
      store(stored, attempt);
      // Of a crash between the checkpoint and the end: the same rule holds it again at once.
      const again = await record(toy, { hold: { afterEpoch }, checkpoint: stored.checkpoint?.data ?? null });
      expect([again.steps, again.ended.state]).toEqual([[], 'held']);
    }
    const last = await record(toy, { hold: { afterEpoch: 9 }, checkpoint: stored.checkpoint?.data ?? null });
    store(stored, last);
    expectEqualRuns(straight, { ...stored, last });
  }
});

test('a run is held where it is worse than the limit of an epoch, and not where it is as good', async () => {
  const toy = toyOf({ epochs: 3 });
  const losses = (await record(toy)).epochs.map(({ values }) => values[1]!);
  const best = losses.map((_, index) => Math.min(...losses.slice(0, index + 1)));
  const passed = await record(toy, { hold: { limits: [null, ...best.slice(1)] } });
  expect(passed.ended.state).toBe('completed');
  const held = await record(toy, { hold: { limits: [null, best[1]! * 0.999] } });
  expect(held.ended).toMatchObject({ state: 'held', last: { epoch: 2 } });
  expect(held.ended.reason).toMatch(/Held after epoch 2: its best validation loss .* is above .*, the limit/);
});
