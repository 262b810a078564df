import { expect, test } from 'vitest';
import { CATALOGUE } from '../../engine/evaluation/catalogue.ts';
import { measureText } from '../../engine/words/scores/measure.ts';

test.each([
  [{ testMetric: 'mae', testUnit: 'original', targetNames: 'close' }, 'MAE of close'],
  [{ testMetric: 'mae', testUnit: 'standardized', targetNames: 'close' }, 'MAE of close, standardized'],
  [{ testMetric: 'frame-mse', testUnit: 'original', targetNames: 'frames' }, 'MSE of frames'],
  [{ testMetric: null, testUnit: null, targetNames: 'close' }, ''],
] as const)('%j is read as "%s"', (run, words) => {
  expect(measureText(run, CATALOGUE)).toBe(words);
});
