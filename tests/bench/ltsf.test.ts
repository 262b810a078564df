// The table of `bench -- ltsf --model`: means over seeds, what they deviate, and whether the target is met by the mean.
import { expect, test } from 'vitest';
import { tableOf } from './ltsf/models.ts';

const run = (mse: number) => ({ mse, mae: 0.4, validationMse: 0.64, minutes: 1.5 });

test('a row says mean and deviation over the seeds, minutes, and the target of the data set', () => {
  const rows = [
    { model: 'gru', horizon: 96, runs: [run(0.36), run(0.37)] },
    { model: 'lstm', horizon: 96, runs: [run(0.371)] },
    { model: 'gru', horizon: 192, runs: [run(0.4)] },
  ];
  expect(tableOf(rows, 'ETTh1').split('\n').slice(2)).toEqual([
    '| gru | 96 | 0.365 +- 0.007 (2 seeds) | 0.400 +- 0.000 (2 seeds) | 0.640 +- 0.000 (2 seeds) | 1.5 | 0.37 met |',
    '| lstm | 96 | 0.371 (1 seed) | 0.400 (1 seed) | 0.640 (1 seed) | 1.5 | 0.37 missed |',
    '| gru | 192 | 0.400 (1 seed) | 0.400 (1 seed) | 0.640 (1 seed) | 1.5 |  |',
  ]);
  expect(tableOf(rows, 'ETTh2')).not.toContain('met');
});
