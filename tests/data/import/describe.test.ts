// Words for frequencies, and statistics that keep their digits.
import { describe, expect, test } from 'vitest';
import {
  addCodes,
  addValues,
  createStatistics,
  meanOf,
} from '../../../engine/data/import/columns/statistics.ts';
import { describeSteps } from '../../../engine/data/import/time/frequency.ts';

const stepsOf = (times: readonly number[]) =>
  Float64Array.from(times.slice(1), (time, i) => (time - (times[i] ?? 0)) * 1000);
const frequencyOf = (times: readonly number[]) => describeSteps(stepsOf(times)).frequency;
const every = (ms: number, count = 50) => Array.from({ length: count }, (_, i) => i * ms);
const dates = (count: number, date: (i: number) => [number, number, number]) =>
  Array.from({ length: count }, (_, i) => Date.UTC(...date(i)));

describe('frequency', () => {
  const MINUTE = 60_000;
  const DAY = 1440 * MINUTE;
  const cases: readonly (readonly [string, readonly number[]])[] = [
    ['1 day', every(DAY)],
    ['1 hour', every(60 * MINUTE)],
    ['15 minutes', every(15 * MINUTE)],
    ['90 minutes', every(90 * MINUTE)],
    ['1 week', every(7 * DAY)],
    ['4 weeks', every(28 * DAY)],
    ['30 days', every(30 * DAY)],
    ['10 seconds', every(10_000)],
    ['250 milliseconds', every(250)],
    ['1 month', dates(40, (i) => [2000, i, 1])],
    ['1 month', dates(40, (i) => [2000, i + 1, 0])],
    ['3 months', dates(40, (i) => [2000, 3 * i, 1])],
    ['1 year', dates(40, (i) => [2000 + i, 0, 1])],
    ['1 year', dates(3, (i) => [2001 + i, 0, 1])],
    ['10 years', dates(20, (i) => [1800 + 10 * i, 0, 1])],
    ['irregular', Array.from({ length: 50 }, (_, i) => i ** 3 * MINUTE)],
    ['irregular', [0]],
  ];
  for (const [word, times] of cases)
    test(`${word}, ${times.length} rows`, () => expect(frequencyOf(times)).toBe(word));

  test('business days with holidays count as days', () => {
    const days = every(DAY, 500).filter(
      (ms) => ![0, 6].includes(new Date(ms).getUTCDay()) && ms % (17 * DAY) !== 0,
    );
    expect(describeSteps(stepsOf(days))).toEqual({ frequency: '1 day', stepUs: DAY * 1000 });
  });
  test('the median of an even number of steps is one of them', () => {
    expect(describeSteps(Float64Array.of(4, 1, 2, 3)).stepUs).toBe(2);
  });
});

describe('statistics', () => {
  const statisticsOf = (values: readonly number[], cut = values.length) => {
    const statistics = createStatistics();
    const array = Float64Array.from(values);
    addValues(statistics, array, 0, cut);
    addValues(statistics, array, cut, values.length);
    return statistics;
  };
  test('the mean keeps what a plain sum loses', () => {
    expect(meanOf(statisticsOf([1e16, 1, -1e16, 1]))).toBe(0.5);
    expect(meanOf(statisticsOf(Array.from({ length: 10 }, () => 0.1)))).toBe(0.1);
  });
  test('where the values are cut makes no difference', () => {
    const values = Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 10 ** (i % 12));
    const whole = statisticsOf(values);
    for (const cut of [1, 333, 999]) expect(statisticsOf(values, cut)).toEqual(whole);
  });
  test('missing values count and nothing else', () => {
    expect(statisticsOf([NaN, 3, NaN, -1], 2)).toMatchObject({ missing: 2, valid: 2, min: -1, max: 3 });
    expect(meanOf(statisticsOf([NaN, NaN]))).toBeNull();
  });
  test('the mean of huge values is finite', () => {
    expect(meanOf(statisticsOf([Number.MAX_VALUE, Number.MAX_VALUE]))).toBe(Number.MAX_VALUE);
  });
  test('codes', () => {
    const statistics = createStatistics();
    addCodes(statistics, Int32Array.of(-1, 0, 2, -1, -1), 1, 5);
    expect(statistics).toMatchObject({ missing: 2, valid: 2 });
  });
});
