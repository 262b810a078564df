// How fast a run trained, and when that says nothing of another training.
import { expect, test } from 'vitest';
import type { SamplesInfo } from '../../engine/contract/datasets/samples.ts';
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { completeExperiment } from '../../engine/defaults/experiment.ts';
import { speedOf } from '../../engine/services/runs/training-speed.ts';
import { stepsRead } from '../../engine/tasks/per-sample/steps-read.ts';

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

test('images are read whole, of other samples the mean of their lengths, whatever reads them out', () => {
  const column = { name: 'x', missing: 0, min: 10, mean: 30, max: 40, categories: null };
  const info = (columns: SamplesInfo['columns']): SamplesInfo => ({
    form: 'x',
    input: 'x',
    label: 'y',
    group: null,
    groups: 0,
    parts: [],
    classes: [],
    duplicates: 0,
    columns,
  });
  const steps = (readout: 'flatten' | 'max', samples?: SamplesInfo) =>
    stepsRead({ task: { input: 'x', mostSteps: 64, readout } }, samples);
  const image = { ...column, kind: 'image' as const, picture: { width: 40, height: 30, channels: 1 } };
  expect(steps('max', info([image]))).toBe(64);
  expect(steps('flatten')).toBe(64);
  expect(steps('max', info([{ ...column, kind: 'audio' }]))).toBe(48);
  expect(steps('max', info([{ ...column, kind: 'sequence', mean: 40 }]))).toBe(64);
  expect(steps('max')).toBe(32);
});
