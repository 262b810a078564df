// Optimizers against PyTorch (tests/golden/models/optimizers.py), and the learning rate of every schedule.
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import { fastPathCalls } from '../../engine/backends/simd/index.ts';
import { OptimizerSchema, TrainingSchema } from '../../engine/contract/experiment/training.ts';
import { createParameterSet } from '../../engine/models/parameters.ts';
import { createOptimizer } from '../../engine/training/optimizers.ts';
import { learningRateAt, NO_PLATEAU, plateauAfter } from '../../engine/training/schedules.ts';
import { expectClose, Numbers } from '../ops/numbers.ts';

const golden = JSON.parse(readFileSync(new URL('../golden/models/optimizers.json', import.meta.url), 'utf8'));

describe.each(['simd', 'cpu'] as const)('eight steps give the weights of PyTorch on %s', (backend) => {
  beforeAll(async () => {
    await selectBackend(backend, { allowFallback: false, threads: 2 });
  });
  afterAll(() => tf.setBackend('cpu'));

  it.each([
    ['adam', { kind: 'adam', beta1: 0.8, beta2: 0.95, epsilon: 1e-6 }, 0.05],
    ['adamw', { kind: 'adamw', weightDecay: 0.1 }, 0.05],
    ['sgd', { kind: 'sgd' }, 0.05],
    ['sgd, nesterov', { kind: 'sgd', momentum: 0.8, nesterov: true }, 0.05],
    ['rmsprop', { kind: 'rmsprop', rho: 0.9, epsilon: 1e-6 }, 0.01],
  ])('%s', (name, options, rate) => {
    const numbers = new Numbers(7);
    const parsed = OptimizerSchema.parse(options);
    const start = { name: 'w', shape: [5], values: numbers.array(5) };
    const parameters = createParameterSet([{ ...start, initialize: () => start.values }], [start]);
    const optimizer = createOptimizer(parsed, parameters, null);
    fastPathCalls.clear();
    for (let step = 0; step < 8; step++) {
      tf.tidy(() => {
        optimizer.step([tf.tensor1d(numbers.array(5))], { learningRate: rate, clipNorm: null });
      });
    }
    const fast = parsed.kind === 'adamw' ? 'adam' : parsed.kind;
    expect(fastPathCalls.get(fast) ?? 0).toBe(backend === 'simd' ? 8 : 0);
    expectClose(parameters.read()[0]!.values, golden[name], name, { relative: 2e-6, absolute: 2e-7 });
    optimizer.dispose();
    parameters.dispose();
  });
});

/** Rates of the first steps, two steps an epoch. */
function rates(training: object, steps: number): number[] {
  const parsed = TrainingSchema.parse({
    epochs: 5,
    optimizer: { kind: 'adam', learningRate: 8 },
    ...training,
  });
  return Array.from({ length: steps }, (_, step) =>
    learningRateAt({ step, epoch: Math.floor(step / 2), plateau: NO_PLATEAU }, parsed, 2),
  );
}

describe('learning rates', () => {
  test('constant, with a warm-up', () => {
    expect(rates({}, 3)).toEqual([8, 8, 8]);
    expect(rates({ warmupSteps: 4 }, 6)).toEqual([2, 4, 6, 8, 8, 8]);
  });
  test('step', () => {
    expect(rates({ schedule: { kind: 'step', everyEpochs: 2, factor: 0.5 } }, 9)).toEqual([
      8, 8, 8, 8, 4, 4, 4, 4, 2,
    ]);
  });
  test('cosine: whole at the start, half in the middle, the final fraction at the end', () => {
    const schedule = { kind: 'cosine', finalFraction: 0.25 };
    const all = rates({ schedule }, 11);
    expect(all[0]).toBe(8);
    expect(all[5]).toBeCloseTo(5, 12);
    expect(all[10]).toBeCloseTo(2, 12);
    for (const [step, rate] of all.entries()) {
      expect(rate).toBeCloseTo(2 + 6 * 0.5 * (1 + Math.cos((Math.PI * step) / 10)), 12);
    }
    expect(rates({ schedule, warmupSteps: 2 }, 4).slice(0, 3)).toEqual([4, 8, 8]);
  });
  test('plateau: lower after the patience, not below the least fraction, patience restarts', () => {
    const training = TrainingSchema.parse({
      optimizer: { kind: 'sgd', learningRate: 8 },
      schedule: { kind: 'plateau', factor: 0.5, patience: 2, minFraction: 0.2 },
    });
    let plateau = NO_PLATEAU;
    const seen = [5, 4, 4, 4.5, 3, 3, 3, 3, 3, 3, 3].map((loss) => {
      plateau = plateauAfter(plateau, loss, training);
      return learningRateAt({ step: 0, epoch: 0, plateau }, training, 1);
    });
    expect(seen).toEqual([8, 8, 8, 4, 4, 4, 2, 2, 1.6, 1.6, 1.6]);
  });
});
