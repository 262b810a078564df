// A training step on the simd backend stays in the kernels' memory: only compiled kernels run, and only the loss is read out.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fastPathCalls, registerSimdBackend, type SimdBackend } from '../../engine/backends/simd/index.ts';
import type { RandomStream } from '../../engine/training/random-streams.ts';
import { closeRun, openRun } from '../../engine/training/run-state.ts';
import { trainStep } from '../../engine/training/step.ts';
import { noisySine, toyTraining } from './toy.ts';

let backend: SimdBackend;
beforeAll(async () => {
  backend = await registerSimdBackend({ threads: 2 });
});
afterAll(() => tf.removeBackend('simd'));

const toyOf = (training: object) =>
  toyTraining({ values: noisySine(60, 10, 0.4), lookback: 4, horizon: 2, training });

test.each([
  ['adam', 'adam'],
  ['adamw', 'adam'],
  ['sgd', 'sgd'],
  ['rmsprop', 'rmsprop'],
])('%s: loss, gradients, clipping and step by compiled kernels, in place', (kind, kernel) => {
  const { task, training } = toyOf({ batchSize: 8, optimizer: { kind } });
  const run = openRun({ task, training, seed: 1, checkpoint: null });
  trainStep(run, task, training);
  const addresses = () => run.parameters.variables.map((variable) => backend.pointerOf(variable));
  const [before, weights] = [addresses(), run.parameters.read()];
  const tensors = tf.memory().numTensors;
  const { piecesInUse } = backend.kernels.allocator.statistics();
  fastPathCalls.clear();
  const read = vi.spyOn(backend, 'readSync');
  expect(trainStep(run, task, training).finite).toBe(true);
  expect(read.mock.results.map(({ value }) => (value as Float32Array).length)).toEqual([1]);
  read.mockRestore();
  for (const name of [
    'cellLossForward',
    'cellLossBackward',
    'lstmForward',
    'lstmBackward',
    'linear',
    kernel,
  ]) {
    expect(fastPathCalls.get(name), name).toBeGreaterThan(0);
  }
  expect(addresses()).toEqual(before);
  expect(run.parameters.read()).not.toEqual(weights);
  expect(tf.memory().numTensors).toBe(tensors);
  expect(backend.kernels.allocator.statistics().piecesInUse).toBe(piecesInUse);
  closeRun(run);
});

test('a loss that is not finite changes nothing, even where the gradient is', () => {
  const { task, training } = toyOf({ batchSize: 8 });
  const run = openRun({ task, training, seed: 1, checkpoint: null });
  const overflowing = {
    ...task,
    loadBatch: (indices: Uint32Array, augment: RandomStream) => {
      const batch = task.loadBatch(indices, augment);
      const loss: typeof batch.loss = (weight, pass) =>
        tf.add(batch.loss(weight, pass), Number.POSITIVE_INFINITY);
      return { ...batch, loss };
    },
  };
  const before = { weights: run.parameters.read(), optimizer: run.optimizer.state(), position: run.position };
  const { values, finite } = trainStep(run, overflowing, training);
  expect(finite).toBe(false);
  expect(values[0]).toBe(Infinity);
  expect(values[2]).toBeGreaterThan(0);
  const after = { weights: run.parameters.read(), optimizer: run.optimizer.state(), position: run.position };
  expect(after).toEqual(before);
  closeRun(run);
});
