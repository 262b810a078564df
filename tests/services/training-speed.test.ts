// How fast a run trained, and when that says nothing of another training.
import { expect, test } from 'vitest';
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { completeExperiment } from '../../engine/defaults/experiment.ts';
import { speedOf } from '../../engine/services/runs/training-speed.ts';

const EXPERIMENT = ExperimentSchema.parse(
  completeExperiment(
    {
      name: 'fast',
      dataset: { name: 'data' },
      task: { kind: 'forecast', targets: ['close'], lookback: 10, horizon: 1 },
      model: { kind: 'lstm', units: 4 },
      training: { batchSize: 32 },
    },
    null,
  ),
);

test('the arithmetic of its steps by the time beside their overhead', () => {
  const run = { step: 1_000, parameterCount: 500, trainedMs: 11_500 };
  // Forward and backward, a multiplication and an addition each: 6 for each weight, window and row.
  expect(speedOf(run, EXPERIMENT)).toBeCloseTo((6 * 500 * 32 * 10 * 1_000) / 10, 0);
});

test.each([
  ['steps that are little more than overhead', { step: 1_000, parameterCount: 500, trainedMs: 1_600 }],
  ['a run without a time', { step: 1_000, parameterCount: 500, trainedMs: null }],
  ['a run without weights', { step: 1_000, parameterCount: null, trainedMs: 9_000 }],
])('%s say nothing', (_name, run) => {
  expect(speedOf(run, EXPERIMENT)).toBeNull();
});

test('a run whose configuration cannot be read says nothing', () => {
  expect(speedOf({ step: 1_000, parameterCount: 500, trainedMs: 9_000 }, undefined)).toBeNull();
});
