import { expect, test } from 'vitest';
import { stepsRead } from '../../engine/tasks/per-sample/steps-read.ts';
import { TASKS } from '../../engine/tasks/registry.ts';
import { stepWork, usefulThreads } from '../../engine/training/step-work.ts';
import { makeExperiment } from '../data/made-series.ts';

const size = { parameterCount: 4645, batchSize: 32 };

test('a step is as much work as its parameters, examples and the steps of each make it', () => {
  const task = { targets: ['a', 'b', 'c'], lookback: 30 };
  const stepsOf = (model: object) => TASKS.forecast.stepsPerExample(makeExperiment(task, { model }));
  expect(stepWork({ ...size, stepsPerExample: stepsOf({ kind: 'lstm', units: 32 }) })).toBe(
    6 * 4645 * 32 * 30,
  );
  expect(stepsOf({ kind: 'lstm', units: 32, channelIndependent: true })).toBe(3 * 30);
  expect(stepsOf({ kind: 'encoder-decoder', units: 8 })).toBe(30);
});

test('of samples of one length all steps count, of others half of the longest', () => {
  expect(stepsRead({ task: { input: 'x', mostSteps: 9, readout: 'max' } })).toBe(5);
  expect(stepsRead({ task: { input: 'x', mostSteps: 9, readout: 'flatten' } })).toBe(9);
});

test('a tiny model gets one thread, a large one no more than can be kept busy', () => {
  const threads = [0, 7.4e6, 12e6, 27e6, 1e9, Number.POSITIVE_INFINITY].map(usefulThreads);
  expect(threads).toEqual([1, 1, 2, 4, 8, 8]);
});
