// Every model overfits one batch, and a resumed training equals an uninterrupted one: the same rows, the same bits, dropout
// included.
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import { bitsOf, noisySine, record, type ToyTraining, toyTraining } from '../training/toy.ts';
import { SMALL_MODELS } from './toys.ts';

beforeAll(async () => {
  await selectBackend('simd', { allowFallback: false, threads: 1 });
});

const withoutDropout = (model: object): object => ({ ...model, dropout: 0 });

describe('learns a batch by heart', () => {
  it.each(Object.entries(SMALL_MODELS))('%s', async (_, model) => {
    const toy = toyTraining({
      values: noisySine(60, 9, 0.3),
      lookback: 8,
      horizon: 2,
      train: 0.4,
      model: 'dropout' in model ? withoutDropout(model) : model,
      training: {
        epochs: 300,
        batchSize: 64,
        earlyStopping: null,
        optimizer: { kind: 'adam', learningRate: 0.01 },
        checkpointEverySteps: 100_000,
      },
    });
    const { steps } = await record(toy);
    const [first, last] = [steps[0]!.values[0]!, steps.at(-1)!.values[0]!];
    expect(last / first).toBeLessThan(0.03);
  });
});

async function expectExactResume(toy: ToyTraining): Promise<void> {
  const straight = await record(toy);
  for (const stopAt of [0, 1, 4, 7, straight.steps.length - 1]) {
    const before = await record(toy, { stopAt });
    const rest = await record(toy, { checkpoint: before.checkpoints.at(-1)!.data });
    expect([...before.steps, ...rest.steps]).toEqual(straight.steps);
    expect(bitsOf(rest.ended.last.weights)).toEqual(bitsOf(straight.ended.last.weights));
    expect(bitsOf(rest.ended.best?.weights)).toEqual(bitsOf(straight.ended.best?.weights));
  }
}

const resumable = { values: noisySine(50, 9, 0.3), lookback: 8, horizon: 2 };

describe('resumes bit for bit', () => {
  it.each(Object.entries(SMALL_MODELS))('%s', async (_, model) => {
    await expectExactResume(toyTraining({ ...resumable, model, training: { epochs: 3, batchSize: 6 } }));
  });

  it.each([
    { optimizer: { kind: 'adamw', learningRate: 0.02 }, schedule: { kind: 'cosine' } },
    { optimizer: { kind: 'sgd' }, schedule: { kind: 'step', everyEpochs: 1 }, warmupSteps: 5 },
    {
      optimizer: { kind: 'rmsprop', learningRate: 0.1 },
      schedule: { kind: 'plateau', patience: 1, factor: 0.3 },
    },
  ])('%j', async (training) => {
    const toy = toyTraining({ ...resumable, training: { epochs: 6, batchSize: 6, ...training } });
    await expectExactResume(toy);
    const rates = new Set((await record(toy)).steps.map(({ values }) => values[1]));
    expect(rates.size).toBeGreaterThan(1);
  });

  it('drops other values in every step, and none in validation', async () => {
    const model = { kind: 'gru', units: 10, dropout: 0.5 };
    const training = { epochs: 1, batchSize: 64, shuffle: false };
    const toy = toyTraining({ ...resumable, model, training });
    const other = toyTraining({ ...resumable, model: { ...model, dropout: 0 }, training });
    const [dropped, whole] = [await record(toy), await record(other)];
    expect(dropped.steps[0]!.values[0]).not.toBe(whole.steps[0]!.values[0]);
    expect((await record(toy, { seed: 2 })).steps[0]!.values[0]).not.toBe(dropped.steps[0]!.values[0]);
  });
});
