import { describe, expect, test } from 'vitest';
import type { Score } from '../../engine/contract/runs/run.ts';
import type { Series } from '../../engine/data/series.ts';
import { BASELINES } from '../../engine/evaluation/baselines/registry.ts';
import { baselineNotes } from '../../engine/evaluation/score-baselines.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { makeExperiment, makeRandom, makeSeries, START_US, wave } from '../data/made-series.ts';
import { scored } from './scored.ts';

const HORIZON = 5;

function score(series: readonly Series[], evaluation: object = {}, task: object = {}) {
  const experiment = makeExperiment({ horizon: HORIZON, ...task }, { evaluation });
  const prepared = prepareForecast(experiment, series, 'made');
  return { prepared, scores: scored(prepared, experiment), notes: baselineNotes(prepared, experiment) };
}

const scoreOf = (scores: readonly Score[], subject: string, metric = 'mae') =>
  scores.find((one) => one.subject === subject && one.metric === metric && one.target === null)?.value;

/** Mean absolute error over the test windows of a forecast made row by row, without any of the code under test. */
function naiveMae(values: readonly number[], forecast: (origin: number, step: number) => number): number {
  const errors: number[] = [];
  const test = Math.floor(values.length * 0.7) + Math.floor(values.length * 0.15);
  for (let origin = test - 1; origin + HORIZON < values.length; origin += 1) {
    for (let step = 1; step <= HORIZON; step += 1) {
      const actual = values[origin + step]!;
      if (!Number.isNaN(actual)) errors.push(Math.abs(actual - forecast(origin, step)));
    }
  }
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

describe('repeat', () => {
  test('is the last known value, looking back over missing ones', () => {
    const values = wave(101).map((value, row) => ([88, 89, 90, 94].includes(row) ? NaN : value));
    const { scores } = score([makeSeries({ y: values, x: wave(101) })], {}, { features: ['x'] });
    const expected = naiveMae(values, (origin) => {
      let row = origin;
      while (Number.isNaN(values[row])) row -= 1;
      return values[row]!;
    });
    expect(scoreOf(scores, 'repeat')).toBeCloseTo(expected, 10);
  });

  test('does not look into another series', () => {
    const missing = wave(100).map((_, row) => (row > 90 ? 5 : row < 11 ? 3 : NaN));
    const { scores } = score(
      [makeSeries({ y: wave(100) }, { name: 'a' }), makeSeries({ y: missing }, { name: 'b' })].map((one) => ({
        ...one,
        columns: [
          ...one.columns,
          { name: 'x', kind: 'numeric' as const, values: new Float64Array(100), categories: [] },
        ],
      })),
      {},
      { features: ['x'], series: ['b'] },
    );
    // Origins 84 to 90 repeat 3 against 5; later ones repeat 5.
    const known = Array.from({ length: 11 }, (_, window) => 84 + window).flatMap((origin) =>
      [1, 2, 3, 4, 5].filter((step) => origin + step > 90).map(() => (origin > 90 ? 0 : 2)),
    );
    expect(scoreOf(scores, 'repeat')).toBeCloseTo(
      known.reduce<number>((sum, error) => sum + error, 0) / known.length,
      10,
    );
  });
});

describe('seasonal-naive', () => {
  test('repeats the season before the origin, further back over missing values', () => {
    const season = 3;
    const values = wave(101).map((value, row) => ([80, 86, 87, 91].includes(row) ? NaN : value));
    const { scores } = score([makeSeries({ y: values, x: wave(101) })], { season }, { features: ['x'] });
    const expected = naiveMae(values, (origin, step) => {
      let row = origin + step;
      while (row > origin || Number.isNaN(values[row])) row -= season;
      return values[row]!;
    });
    expect(scoreOf(scores, 'seasonal-naive')).toBeCloseTo(expected, 10);
  });

  test('of an exactly seasonal series is exact', () => {
    const values = Array.from({ length: 100 }, (_, row) => row % 7);
    const { scores } = score([makeSeries({ y: values })]);
    expect(scoreOf(scores, 'seasonal-naive')).toBe(0);
    expect(scoreOf(scores, 'repeat')).toBeGreaterThan(1);
  });

  test('where no earlier season is known it repeats', () => {
    const { scores } = score([makeSeries({ y: wave(100) })], { season: 1000 });
    expect(scoreOf(scores, 'seasonal-naive')).toBe(scoreOf(scores, 'repeat'));
  });

  test('is left out, with a note, where the rows suggest no season', () => {
    const odd = makeSeries({ y: wave(100) }, { stepUs: 17_000_000n });
    const { scores, notes } = score([odd]);
    expect(scores.map((one) => one.subject)).not.toContain('seasonal-naive');
    expect(notes.join()).toContain('No seasonal-naive baseline: the rows of "main" suggest no season');
    const set = score([odd], { season: 4 });
    expect(set.scores.map((one) => one.subject)).toContain('seasonal-naive');
    expect(set.notes.join()).not.toContain('seasonal-naive');
  });
});

describe('every baseline', () => {
  const finite = (series: Series, evaluation: object = {}) => {
    const [first] = series.columns.toReversed();
    const { scores } = score([series], evaluation, { features: [first!.name] });
    const test = scores.filter(({ part }) => part === 'test');
    expect(test.length).toBeGreaterThan(0);
    expect(test.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
    return new Set(test.map(({ subject }) => subject));
  };
  const random = makeRandom(3);
  let level = 0;
  const walk = Array.from({ length: 120 }, () => (level += random() - 0.5));

  test.each([
    ['a random walk without a season', makeSeries({ y: walk }, { stepUs: 17_000_000n })],
    ['a constant', makeSeries({ y: walk.map(() => 5) })],
    ['a straight line', makeSeries({ y: walk.map((_, row) => row) })],
    ['values around a trillion', makeSeries({ y: walk.map((value) => 1e12 + value) })],
    ['values near 0 of both signs', makeSeries({ y: walk.map((value) => value * 1e-12) })],
    [
      'a wave, a third of it missing',
      makeSeries({ y: wave(120).map((v, row) => (row % 3 === 1 ? NaN : v)), x: walk }),
    ],
  ])('has finite scores on %s', (_, series) => {
    finite(series);
  });

  test('needs less than two seasons', () => {
    const subjects = finite(makeSeries({ y: wave(100) }), { season: 60 });
    expect([...subjects]).toEqual(expect.arrayContaining(['ets', 'theta', 'ar']));
  });

  test('reads rows up to the origin alone', () => {
    const values = wave(120);
    const experiment = makeExperiment({ horizon: HORIZON });
    const at = (changed: number) => {
      const series = makeSeries({ y: values.map((v, row) => (row > 110 ? v + changed : v)) });
      const prepared = prepareForecast(experiment, [series], 'made');
      return BASELINES.filter((one) => one.missing(prepared, experiment) === null).map((one) => {
        const out = new Float64Array(HORIZON);
        one.fit(prepared, experiment)(0, 110, out, 0);
        return [one.subject, [...out]];
      });
    };
    expect(at(0)).toEqual(at(1000));
    expect(at(0).length).toBeGreaterThan(10);
  });
});

test('baselines are scored on the cells of the model: same counts, unit and part', () => {
  const values = wave(101).map((value, row) => (row > 86 && row % 4 === 0 ? NaN : value));
  const series = [
    makeSeries({ y: values, z: wave(101, 3), x: wave(101) }, { name: 'a' }),
    makeSeries({ y: wave(80), z: wave(80, 4), x: wave(80) }, { name: 'b', startUs: START_US + 5n }),
  ];
  const task = { targets: ['y', 'z'], features: ['x'] };
  const { prepared, scores } = score(series, { scale: 'standardized', dropPartialBatchOf: 4 }, task);
  const { count } = prepared.windows.test;
  const scored = count - (count % 4);
  let known = 0;
  for (let index = 0; index < scored; index += 1) {
    const { actuals } = prepared.series[prepared.windows.test.series[index]!]!;
    const origin = prepared.windows.test.origin[index]!;
    for (const column of actuals) {
      known += column
        .subarray(origin + 1, origin + 1 + HORIZON)
        .filter((value) => !Number.isNaN(value)).length;
    }
  }
  for (const subject of ['repeat', 'seasonal-naive']) {
    const overall = scores.find((one) => one.subject === subject && one.target === null)!;
    expect(overall).toMatchObject({ part: 'test', unit: 'standardized', count: known });
    expect(scores.filter((one) => one.subject === subject)).toHaveLength(9);
  }
});
