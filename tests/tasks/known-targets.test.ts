// A run whose validation or test part has no known target is refused before it trains.
import { expect, test } from 'vitest';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { requireKnownTargets } from '../../engine/tasks/forecast/preparation/requirements.ts';
import { errorOf, makeExperiment, makeSeries, wave } from '../data/made-series.ts';

/** 100 rows, of which 70 train, 15 validate and 15 test; the target is unknown where `isMissing`. */
function check(isMissing: (row: number) => boolean, evaluation: object = {}): () => void {
  const y = wave(100).map((value, row) => (isMissing(row) ? Number.NaN : value));
  const experiment = makeExperiment({ features: ['x'] }, { evaluation });
  const prepared = prepareForecast(experiment, [makeSeries({ y, x: wave(100) })], 'made');
  return () => requireKnownTargets(prepared, experiment.evaluation);
}

test.each([
  [
    'test',
    (row: number) => row >= 85,
    'None of the 14 test windows has a known target value, so there would be no score',
  ],
  ['validation', (row: number) => row >= 70 && row < 85, 'so no epoch can be judged'],
] as const)('no known value in %s', (part, isMissing, words) => {
  const error = errorOf(check(isMissing));
  expect(error).toMatchObject({ code: 'too-few-rows', details: { part } });
  expect(error.message).toContain(words);
});

test('only windows that count are asked', () => {
  const isMissing = (row: number) => row >= 85 && row < 99;
  expect(check(isMissing)).not.toThrow();
  expect(errorOf(check(isMissing, { dropPartialBatchOf: 5 })).message).toContain(
    'None of the 10 test windows',
  );
});
