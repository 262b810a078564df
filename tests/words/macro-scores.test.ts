import { expect, test } from 'vitest';
import type { SeriesScores } from '../../engine/contract/results/forecast-errors.ts';
import { CATALOGUE } from '../../engine/evaluation/catalogue.ts';
import { macroScores } from '../../engine/words/scores/macro-scores.ts';
import { macroRow } from '../../engine/words/scores/result-words.ts';

const RANKING = { metric: 'mase', catalogue: CATALOGUE };

/** `scores`: of `model` and of the baseline `repeat`. */
const ofSeries = (series: string, scores: readonly [number, number]): SeriesScores => ({
  series,
  origins: 4,
  scores: scores.map((value, index) => ({
    part: 'test',
    subject: index === 0 ? 'model' : 'repeat',
    metric: 'mase',
    unit: 'original',
    target: null,
    value,
    count: Number.isNaN(value) ? 0 : 12,
  })),
});

test('each series weighs alike, beside the baseline with the best mean', () => {
  const row = macroRow([ofSeries('a', [1, 2]), ofSeries('b', [3, 3])], RANKING);
  expect(row).toMatchObject({
    series: 'mean over 2 series',
    origins: 8,
    value: 2,
    rival: { value: 2.5, count: 24 },
  });
});

test('a series of which no forecaster has a score is left out', () => {
  const all = [ofSeries('a', [1, 2]), ofSeries('flat', [Number.NaN, Number.NaN]), ofSeries('b', [3, 3])];
  expect(macroRow(all, RANKING)).toMatchObject({ value: 2, rival: { value: 2.5 } });
});

test('a model that alone has no score for a series has no mean', () => {
  const row = macroRow([ofSeries('a', [Number.NaN, 2]), ofSeries('b', [3, 3])], RANKING);
  expect(row).toMatchObject({ value: undefined, rival: { value: 2.5 } });
});

test('of one series there is none', () => {
  expect(macroScores([ofSeries('a', [1, 2])])).toBeNull();
});
