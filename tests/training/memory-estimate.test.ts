// The memory estimate against the allocator's real peak during training steps, over all kinds of models; and a model that it
// refuses.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, test } from 'vitest';
import { registerSimdBackend } from '../../engine/backends/simd/index.ts';
import { ModelSchema } from '../../engine/contract/experiment/model.ts';
import { TrainingSchema } from '../../engine/contract/experiment/training.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { createForecastModel } from '../../engine/models/forecast-model.ts';
import { checkMemory, estimateTrainingBytes, sizeOfTraining } from '../../engine/training/memory-estimate.ts';
import { closeRun, openRun } from '../../engine/training/run-state.ts';
import { trainStep } from '../../engine/training/step.ts';
import type { TrainingTask } from '../../engine/training/task.ts';

const GIGABYTE = 2 ** 30;
const SHAPE = { inputs: 7, lookback: 40, horizon: 12, targets: 7 };

interface Case {
  readonly model: object;
  readonly shape?: Partial<typeof SHAPE>;
  readonly training?: object;
}

function describeCase({ model: settings, shape, training: given }: Case) {
  const model = createForecastModel(ModelSchema.parse(settings), { ...SHAPE, ...shape });
  const training = TrainingSchema.parse({ batchSize: 32, ...given });
  return { model, training, shape: { ...SHAPE, ...shape } };
}

/** Bytes at the peak of two steps, beyond what the idle backend has. */
async function peakOf(what: Case): Promise<number> {
  const { model, training, shape } = describeCase(what);
  const backend = await registerSimdBackend({ threads: 1 });
  const idle = backend.kernels.allocator.statistics().bytesInUse;
  const { inputs, lookback, horizon, targets } = shape;
  const task: TrainingTask = {
    specs: model.specs,
    trainExamples: 4 * training.batchSize,
    metricNames: [],
    loadBatch(indices) {
      const x = tf.ones([indices.length, lookback, inputs]) as tf.Tensor3D;
      const y = tf.ones([indices.length, horizon, targets]);
      const loss: ReturnType<TrainingTask['loadBatch']>['loss'] = (weight, pass) =>
        tf.losses.meanSquaredError(y, model.answer({ x }, weight, pass)) as tf.Scalar;
      return { count: y.size, loss, dispose: () => tf.dispose([x, y]) };
    },
    *validate() {
      yield;
      return { loss: 0, metrics: [] };
    },
  };
  const run = openRun({ task, training, seed: 1, checkpoint: null });
  for (let step = 0; step < 2; step++) trainStep(run, task, training);
  const peak = backend.kernels.allocator.statistics().peakBytes - idle;
  closeRun(run);
  return peak;
}

describe('against the allocator', () => {
  afterAll(() => tf.removeBackend('simd'));

  test.each<[string, Case]>([
    ['lstm', { model: { kind: 'lstm', units: 64 } }],
    ['lstm, 3 layers, dropout', { model: { kind: 'lstm', units: 32, layers: 3, dropout: 0.1 } }],
    ['lstm, both directions', { model: { kind: 'lstm', units: 32, bidirectional: true } }],
    ['lstm, many inputs', { model: { kind: 'lstm', units: 8 }, shape: { inputs: 200 } }],
    ['lstm, segments', { model: { kind: 'lstm', units: 64, segment: { length: 8, stride: 4 } } }],
    ['lstm, truncated', { model: { kind: 'lstm', units: 64, truncateSteps: 10 } }],
    [
      'lstm, 3 layers, long and truncated',
      { model: { kind: 'lstm', units: 64, layers: 3, truncateSteps: 10 }, shape: { lookback: 400 } },
    ],
    [
      'gru, long and truncated',
      { model: { kind: 'gru', units: 64, truncateSteps: 10 }, shape: { lookback: 400 } },
    ],
    [
      'rnn, long and truncated',
      { model: { kind: 'rnn', units: 64, truncateSteps: 10 }, shape: { lookback: 400 } },
    ],
    ['attention, many inputs', { model: { kind: 'attention', units: 8, heads: 2 }, shape: { inputs: 300 } }],
    [
      'attention, segments that overlap',
      { model: { kind: 'attention', units: 8, heads: 2, segment: { length: 16, stride: 1 } } },
    ],
    ['lstm, channels', { model: { kind: 'lstm', units: 16, channelIndependent: true } }],
    ['gru', { model: { kind: 'gru', units: 64, layers: 2 } }],
    ['rnn', { model: { kind: 'rnn', units: 64 } }],
    [
      'lstm of many parameters',
      { model: { kind: 'lstm', units: 192 }, shape: { lookback: 4 }, training: { batchSize: 4 } },
    ],
    [
      'the same, by gradient descent',
      {
        model: { kind: 'lstm', units: 192 },
        shape: { lookback: 4 },
        training: { batchSize: 4, optimizer: { kind: 'sgd' } },
      },
    ],
    ['attention', { model: { kind: 'attention', units: 32 } }],
    ['attention, dropout', { model: { kind: 'attention', units: 32, layers: 1, dropout: 0.1 } }],
    [
      'attention, gelu',
      { model: { kind: 'attention', units: 64, heads: 8, layers: 1, feedForward: 64, activation: 'gelu' } },
    ],
    ['encoder-decoder', { model: { kind: 'encoder-decoder', units: 64 } }],
    [
      'encoder-decoder, one state',
      { model: { kind: 'encoder-decoder', units: 64, cell: 'gru', attention: false } },
    ],
  ])('%s', async (_, what) => {
    const { model, training } = describeCase(what);
    const peak = await peakOf(what);
    const estimate = estimateTrainingBytes(sizeOfTraining(model, training)).tensorBytes;
    expect(estimate / peak).toBeGreaterThan(0.85);
    expect(estimate / peak).toBeLessThan(1.3);
  });
});

const sizeFor = (units: number, batchSize: number) => {
  const { model, training } = describeCase({
    model: { kind: 'lstm', units, layers: 2 },
    training: { batchSize },
  });
  return sizeOfTraining(model, training);
};

test('too large for the machine, or for the backend: refused with the numbers', () => {
  const size = sizeFor(4096, 512);
  const refuse = (totalBytes: number, tensorBytes: number): HindcastError => {
    try {
      checkMemory(size, { totalBytes, tensorBytes }, ['task.lookback']);
    } catch (cause) {
      if (cause instanceof HindcastError) return cause;
    }
    throw new Error('it was not refused');
  };
  expect(refuse(4 * GIGABYTE, 4 * GIGABYTE)).toMatchObject({
    code: 'invalid-input',
    details: { field: 'model' },
  });
  expect(refuse(4 * GIGABYTE, 4 * GIGABYTE).message).toMatch(
    /about \d+\.\d GB.*this machine has 4\.0 GB; lower model\.units, .* or task\.lookback\.$/,
  );
  expect(refuse(1000 * GIGABYTE, 4 * GIGABYTE).message).toMatch(/the backend can hold 4\.0 GB/);
  expect(() =>
    checkMemory(size, { totalBytes: 1000 * GIGABYTE, tensorBytes: 1000 * GIGABYTE }, []),
  ).not.toThrow();
});

test('a checkpoint needs more outside the tensors than in them, and less where the optimizer keeps less', () => {
  const size = { ...sizeFor(64, 1), activationFloats: 0 };
  const { totalBytes, tensorBytes } = estimateTrainingBytes(size);
  expect(totalBytes).toBeGreaterThan(2 * tensorBytes);
  expect(estimateTrainingBytes({ ...size, optimizerSlots: 1 }).totalBytes).toBeLessThan(totalBytes);
});
