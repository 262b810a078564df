import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { TrainingTask } from '../../engine/training/task.ts';
import { bitsOf, noisySine, record, toyTraining, useCpu } from './toy.ts';

beforeAll(useCpu);

const small = (training: unknown = {}) =>
  toyTraining({
    values: noisySine(60, 10, 0.1),
    lookback: 6,
    horizon: 2,
    training: { epochs: 3, batchSize: 8, ...(training as object) },
  });

test('overfits one batch', async () => {
  const toy = toyTraining({
    values: noisySine(60, 10, 0.3),
    lookback: 8,
    horizon: 2,
    units: 8,
    train: 0.28,
    training: {
      epochs: 250,
      batchSize: 64,
      optimizer: { kind: 'adam', learningRate: 0.02 },
      earlyStopping: null,
    },
  });
  expect(toy.task.trainExamples).toBeLessThanOrEqual(8);
  const { steps } = await record(toy);
  expect(steps[0]!.values[0]).toBeGreaterThan(0.1);
  expect(steps.at(-1)!.values[0]).toBeLessThan(1e-4);
});

test('the same seed gives the same bits and rows, another seed gives others', async () => {
  const first = await record(small());
  const second = await record(small());
  const other = await record(small(), { seed: 2 });
  expect(bitsOf(second.ended.last.weights)).toEqual(bitsOf(first.ended.last.weights));
  expect(second.steps).toEqual(first.steps);
  expect(second.epochs).toEqual(first.epochs);
  expect(bitsOf(other.ended.last.weights)).not.toEqual(bitsOf(first.ended.last.weights));
});

test('rows are numbered without gaps, every epoch ends with a row and a checkpoint', async () => {
  const toy = small({ checkpointEverySteps: 2 });
  const { steps, epochs, checkpoints } = await record(toy);
  const perEpoch = Math.ceil(toy.task.trainExamples / 8);
  expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 3 * perEpoch }, (_, i) => i + 1));
  expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([1, 2, 3].map((e) => [e, e * perEpoch]));
  for (const { step, epoch } of epochs)
    expect(checkpoints).toContainEqual(expect.objectContaining({ step, epoch }));
  expect(checkpoints.some(({ step }) => step === 2)).toBe(true);
});

test('a checkpoint is made whenever one is due', async () => {
  let asked = 0;
  const { checkpoints } = await record(small(), { checkpointDue: () => ++asked === 3 });
  expect(checkpoints[0]).toMatchObject({ step: 3, epoch: 0 });
});

test('every example of the training part is seen once an epoch, in another order each time', async () => {
  const toy = small();
  const orders: number[][] = [[]];
  const task: TrainingTask = {
    ...toy.task,
    loadBatch(indices, augment) {
      orders.at(-1)!.push(...indices);
      return toy.task.loadBatch(indices, augment);
    },
  };
  await record({ ...toy, task }, { onEvent: (event) => event.type === 'epoch' && orders.push([]) });
  const everyIndex = Array.from({ length: toy.task.trainExamples }, (_, i) => i);
  for (const order of orders.slice(0, 3)) expect([...order].sort((a, b) => a - b)).toEqual(everyIndex);
  expect(orders[0]).not.toEqual(orders[1]);
});

test('the training loss of an epoch is the mean over its cells, small last batch included', async () => {
  const toy = small();
  const { steps, epochs } = await record(toy);
  const perEpoch = Math.ceil(toy.task.trainExamples / 8);
  const sizes = Array.from({ length: perEpoch }, (_, b) => Math.min(8, toy.task.trainExamples - 8 * b));
  expect(sizes.at(-1)).toBeLessThan(8);
  for (const [epoch, { values }] of epochs.entries()) {
    const losses = steps.slice(epoch * perEpoch).map((step) => step.values[0]!);
    const mean = sizes.reduce((sum, size, b) => sum + size * losses[b]!, 0) / toy.task.trainExamples;
    expect(values[0]).toBeCloseTo(mean, 12);
  }
});

/** Replaces the validation losses by given ones. */
function withValidation(task: TrainingTask, losses: readonly number[]): TrainingTask {
  let epoch = 0;
  return {
    ...task,
    *validate(weight) {
      const { metrics } = yield* task.validate(weight);
      return { loss: losses[epoch++]!, metrics };
    },
  };
}

test('early stopping keeps the best weights and waits for `patience` epochs', async () => {
  const toy = small({ epochs: 20, earlyStopping: { patience: 3, minDelta: 0.1 } });
  // 0.95 is the best so far, but no clear improvement on 1.0.
  const task = withValidation(toy.task, [2, 1, 0.95, 3, 3, 3]);
  const { epochs, ended, checkpoints } = await record({ ...toy, task });
  expect(epochs.map(({ best }) => best)).toEqual([true, true, true, false, false]);
  expect(ended).toMatchObject({ state: 'completed', best: { epoch: 3 }, last: { epoch: 5 } });
  expect(ended.reason).toMatch(/epoch 5 of 20.*3 epochs.*epoch 3/);
  expect(bitsOf(ended.best!.weights)).not.toEqual(bitsOf(ended.last.weights));
  const untilBest = await record(
    { ...toy, task: withValidation(toy.task, [2, 1, 0.95]) },
    { stopAt: ended.best!.step },
  );
  expect(bitsOf(ended.best!.weights)).toEqual(bitsOf(untilBest.ended.last.weights));
  expect(checkpoints).toHaveLength(5);
});

type LossOf = (loss: tf.Scalar) => tf.Scalar;
const notANumber: LossOf = (loss) => tf.mul(loss, Number.NaN);

/** From this step on the loss is spoiled. */
function failingFrom(task: TrainingTask, step: number, spoil: LossOf = notANumber): TrainingTask {
  let loaded = 0;
  return {
    ...task,
    loadBatch(indices, augment) {
      const batch = task.loadBatch(indices, augment);
      const broken = ++loaded >= step;
      return {
        ...batch,
        loss: (weight, pass) => (broken ? spoil(batch.loss(weight, pass)) : batch.loss(weight, pass)),
      };
    },
  };
}

test('a loss that is not finite ends the run as diverged with the weights before it and a hint', async () => {
  // The hint tells the field's value, not the rate that the schedule made of it.
  const toy = small({ schedule: { kind: 'cosine', finalFraction: 0 } });
  const perEpoch = Math.ceil(toy.task.trainExamples / 8);
  const failing = perEpoch + 2;
  const { ended, steps } = await record({ ...toy, task: failingFrom(toy.task, failing) });
  const good = await record(toy, { stopAt: failing - 1 });
  expect(ended).toMatchObject({ state: 'diverged', best: { epoch: 1 }, last: { step: failing - 1 } });
  expect(ended.reason).toMatch(
    new RegExp(`NaN at step ${failing} \\(epoch 2\\).*learningRate \\(0.001\\).*clipNorm`),
  );
  expect(steps.at(-1)).toMatchObject({ step: failing });
  expect(steps.at(-1)!.values[0]).toBeNaN();
  expect(bitsOf(ended.last.weights)).toEqual(bitsOf(good.ended.last.weights));
});

const exploding = tf.customGrad((x) => ({
  value: (x as tf.Tensor).clone(),
  gradFunc: (dy) => tf.mul(dy as tf.Tensor, Number.POSITIVE_INFINITY),
}));

test.each([
  [
    'an infinite loss with a finite gradient',
    (loss: tf.Scalar): tf.Scalar => tf.add(loss, Infinity),
    /loss became Infinity at step 3/,
  ],
  [
    'a finite loss with an infinite gradient',
    (loss: tf.Scalar): tf.Scalar => exploding(loss) as tf.Scalar,
    /gradient became (Infinity|NaN) at step 3/,
  ],
])('%s ends the run as diverged', async (_what, spoil, text) => {
  const { ended } = await record({ ...small(), task: failingFrom(small().task, 3, spoil) });
  expect(ended).toMatchObject({ state: 'diverged', last: { step: 2 } });
  expect(ended.reason).toMatch(text);
});

test('diverging at the first step points at the data', async () => {
  const { ended } = await record({ ...small(), task: failingFrom(small().task, 1) });
  expect(ended).toMatchObject({ state: 'diverged', best: null, last: { step: 0 } });
  expect(ended.reason).toMatch(/first step.*data/);
});

test('a validation loss that is not finite ends the run as diverged', async () => {
  const toy = small();
  const { ended, epochs } = await record({ ...toy, task: withValidation(toy.task, [1, Infinity]) });
  expect(epochs).toHaveLength(2);
  expect(ended).toMatchObject({ state: 'diverged', best: { epoch: 1 } });
  expect(ended.reason).toMatch(/validation loss became Infinity after epoch 2/);
});

test('leaves no tensor behind, step by step and at the end, also when it is left early', async () => {
  const before = tf.memory().numTensors;
  const counts = new Set<number>();
  await record(small(), { onEvent: (event) => event.type === 'step' && counts.add(tf.memory().numTensors) });
  expect(counts.size).toBe(1);
  expect(tf.memory().numTensors).toBe(before);
  await expect(
    record(small(), {
      onEvent: () => {
        throw new Error('the listener fails');
      },
    }),
  ).rejects.toThrow('the listener fails');
  expect(tf.memory().numTensors).toBe(before);
});

test('beats the seasonal naive forecast on a noisy sine', async () => {
  const period = 12;
  const values = noisySine(240, period, 0.6);
  const toy = toyTraining({
    values,
    lookback: 12,
    horizon: 3,
    units: 8,
    training: { epochs: 10, batchSize: 16, optimizer: { kind: 'adam', learningRate: 0.03 } },
  });
  const { ended, epochs } = await record(toy);
  const { origin } = toy.prepared.windows.validation;
  let naive = 0;
  for (const o of origin)
    for (let h = 1; h <= 3; h++) naive += Math.abs(values[o + h]! - values[o + h - period]!);
  naive /= 3 * origin.length;
  expect(epochs[ended.best!.epoch - 1]!.values[2]).toBeLessThan(0.9 * naive);
});
