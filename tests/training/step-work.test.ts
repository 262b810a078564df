import { expect, test } from 'vitest';
import { ModelSchema } from '../../engine/contract/experiment.ts';
import { stepWork, usefulThreads } from '../../engine/training/step-work.ts';

const size = { parameterCount: 4645, batchSize: 32, lookback: 30, targets: 7 };

test('a step is as much work as its parameters, rows and steps make it', () => {
  const lstm = ModelSchema.parse({ kind: 'lstm', units: 32 });
  expect(stepWork(lstm, size)).toBe(6 * 4645 * 32 * 30);
  const byChannel = ModelSchema.parse({ kind: 'lstm', units: 32, channelIndependent: true });
  expect(stepWork(byChannel, size)).toBe(7 * stepWork(lstm, size));
  expect(stepWork(ModelSchema.parse({ kind: 'encoder-decoder', units: 8 }), size)).toBe(stepWork(lstm, size));
});

test('a tiny model gets one thread, a large one no more than can be kept busy', () => {
  const threads = [0, 7.4e6, 12e6, 27e6, 1e9, Number.POSITIVE_INFINITY].map(usefulThreads);
  expect(threads).toEqual([1, 1, 2, 4, 8, 8]);
});
