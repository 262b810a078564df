// Sentences and tables that page, report and command line share.
import { describe, expect, test } from 'vitest';
import type { SeriesScores } from '../../engine/contract/results/forecast-errors.ts';
import { CATALOGUE } from '../../engine/evaluation/catalogue.ts';
import {
  againstText,
  leadingErrors,
  lostSeriesSentence,
  seriesRows,
  worstText,
} from '../../engine/words/scores/result-words.ts';

const ofSeries = (series: string, values: Readonly<Record<string, number>>): SeriesScores => ({
  series,
  origins: 10,
  scores: Object.entries(values).flatMap(([subject, value]) =>
    (['mae', 'rmse'] as const).map((metric) => ({
      part: 'test',
      subject,
      metric,
      unit: 'original',
      target: null,
      value: metric === 'mae' ? value : 100 - value,
      count: 10,
    })),
  ),
});

describe('series', () => {
  const all = [
    ofSeries('better', { model: 1, repeat: 2, mean: 3 }),
    ofSeries('much worse', { model: 6, repeat: 3, mean: 2 }),
    ofSeries('worse', { model: 3, repeat: 2, mean: 9 }),
    ofSeries('unknown', { model: Number.NaN, repeat: Number.NaN }),
  ];

  test('the worst against its best baseline comes first, what has no score last', () => {
    const rows = seriesRows(all, { metric: 'mae', catalogue: CATALOGUE });
    expect(rows.map(({ series }) => series)).toEqual(['much worse', 'worse', 'better', 'unknown']);
    expect(rows.map(({ rival }) => rival?.subject)).toEqual(['mean', 'repeat', 'repeat', undefined]);
    expect(rows.map(({ against }) => against)).toEqual(['+200.0 %', '+50.0 %', '−50.0 %', '–']);
    expect(lostSeriesSentence(rows, 'mae', CATALOGUE)).toBe(
      'Worse than the best baseline for 2 of 4 series by MAE.',
    );
  });

  test('another metric has its own order and its own verdict', () => {
    const rows = seriesRows(all.slice(0, 3), { metric: 'rmse', catalogue: CATALOGUE });
    expect(rows.map(({ series }) => series)).toEqual(['worse', 'better', 'much worse']);
    expect(lostSeriesSentence(rows, 'rmse', CATALOGUE)).toBe(
      'Worse than the best baseline for 2 of 3 series by RMSE.',
    );
    expect(lostSeriesSentence(rows.slice(2), 'rmse', CATALOGUE)).toBeNull();
  });
});

test('a score is set against none that is 0 or no number', () => {
  expect([againstText(1, 0), againstText(Number.NaN, 1), againstText(1, undefined)]).toEqual(['–', '–', '–']);
});

test('a forecast is bad beside the mean error; without one it stands alone', () => {
  const errors = [{ subject: 'model', errors: [1, 3, Number.NaN] }];
  expect(worstText({ error: 5 }, errors, String)).toBe('error 5, 2.5 times the mean');
  expect(worstText({ error: 5 }, [{ subject: 'model', errors: [Number.NaN] }], String)).toBe('error 5');
});

test('the model is drawn beside the best baselines', () => {
  const errors = ['model', 'd', 'a', 'c', 'b'].map((subject) => ({
    subject,
    errors: [subject.charCodeAt(0)],
  }));
  expect(leadingErrors(errors).map(({ subject }) => subject)).toEqual(['model', 'a', 'b', 'c']);
});
