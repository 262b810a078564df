// Whole training steps against PyTorch (golden/training_steps.py): forward, backward, masked loss, clipping, Adam.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, test } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import { ModelSchema } from '../../engine/contract/experiment/model.ts';
import { TrainingSchema } from '../../engine/contract/experiment/training.ts';
import { createForecastModel } from '../../engine/models/forecast-model.ts';
import { sizeOf } from '../../engine/models/parameters.ts';
import { train } from '../../engine/training/loop.ts';
import { maskedLoss } from '../../engine/training/loss.ts';
import { stepMetricNames } from '../../engine/training/step.ts';
import type { TrainingTask } from '../../engine/training/task.ts';

interface Golden {
  readonly rows: readonly (readonly number[])[];
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly forecast: readonly number[];
}

const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, 'golden', 'training-steps.json'), 'utf8'),
) as Golden;

const [BATCH, TIME, INPUTS, UNITS, HORIZON] = [5, 7, 3, 4, 2] as const;
const number = (index: number, salt: number): number => ((index * 37 + salt * 53 + 11) % 256) / 256 - 0.5;
const filled = (shape: readonly number[], salt: number): Float32Array =>
  Float32Array.from({ length: sizeOf(shape) }, (_, i) => number(i, salt));

const model = createForecastModel(ModelSchema.parse({ kind: 'lstm', units: UNITS }), {
  inputs: INPUTS,
  lookback: TIME,
  horizon: HORIZON,
  targets: 1,
});
const specs = model.specs.map((spec, salt) => ({ ...spec, initialize: () => filled(spec.shape, salt) }));

/** One batch, over and over. */
const task: TrainingTask = {
  specs,
  trainExamples: BATCH,
  metricNames: [],
  loadBatch() {
    const shape: [number, number, number] = [BATCH, HORIZON, 1];
    const inputs = tf.tensor3d(filled([BATCH, TIME, INPUTS], 10), [BATCH, TIME, INPUTS]);
    const targets = tf.tensor3d(
      filled(shape, 11).map((value) => 2 * value),
      shape,
    );
    const mask = tf.tensor3d([1, 1, 1, 0, 1, 1, 0, 1, 1, 1], shape);
    return {
      count: 8,
      loss: (weight) =>
        maskedLoss({ loss: 'mse', huberDelta: 1 }, model.predict({ x: inputs }, weight), {
          target: targets,
          mask,
        }),
      dispose: () => tf.dispose([inputs, targets, mask]),
    };
  },
  *validate() {
    yield;
    return { loss: 0, metrics: [] };
  },
};

const training = TrainingSchema.parse({
  epochs: 10,
  batchSize: BATCH,
  clipNorm: 0.2,
  earlyStopping: null,
  optimizer: { kind: 'adam', learningRate: 0.05 },
});

afterAll(() => tf.setBackend('cpu'));

const close = (actual: ArrayLike<number>, expected: ArrayLike<number>, rtol: number, what: string): void => {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    expect(
      error <= 1e-6 + rtol * Math.abs(expected[i]!),
      `${what}[${i}]: ${actual[i]}, not ${expected[i]}`,
    ).toBe(true);
  }
};

describe.each(['simd', 'cpu'] as const)('on %s', (backend) => {
  test('ten steps give the losses, gradient norms and weights of PyTorch', async () => {
    await selectBackend(backend, { allowFallback: false, threads: 1 });
    const rows: (readonly number[])[] = [];
    const setup = {
      task,
      training,
      seed: 1,
      checkpoint: null,
      shouldStop: () => false,
      checkpointDue: () => false,
    };
    for await (const event of train(setup)) {
      if (event.type === 'step') rows.push(event.values);
      if (event.type !== 'ended') continue;
      for (const { name, values } of event.last.weights) close(values, golden.weights[name]!, 1e-4, name);
    }
    expect(stepMetricNames(specs).slice(3)).toEqual(
      Object.keys(golden.weights).map((name) => `gradientNorm/${name}`),
    );
    expect(golden.rows[0]![2]).toBeGreaterThan(0.2); // clipping is at work
    expect(rows).toHaveLength(10);
    for (const [index, row] of rows.entries()) close(row, golden.rows[index]!, 2e-5, `step ${index + 1}`);
  });
});
