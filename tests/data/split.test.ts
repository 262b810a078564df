import { describe, expect, test } from 'vitest';
import type { Split } from '../../engine/contract/experiment/split.ts';
import { parseTime, splitRows } from '../../engine/data/split.ts';
import { DAY_US, errorOf, START_US } from './made-series.ts';

function days(count: number, first = 0): BigInt64Array {
  return BigInt64Array.from({ length: count }, (_, row) => START_US + BigInt(first + row) * DAY_US);
}

function boundaries(split: Split, ...times: BigInt64Array[]) {
  return splitRows(split, times).map((ranges) => {
    expect(ranges.train.from).toBe(0);
    expect(ranges.train.to).toBe(ranges.validation.from);
    expect(ranges.validation.to).toBe(ranges.test.from);
    return [ranges.validation.from, ranges.test.from, ranges.test.to];
  });
}

describe('by fraction', () => {
  test('rounds down, the test takes the rest, each series on its own', () => {
    const split: Split = { kind: 'fraction', train: 0.7, validation: 0.15, cut: 'series' };
    expect(boundaries(split, days(101), days(10), days(90))).toEqual([
      [70, 85, 101],
      [7, 8, 10],
      [63, 76, 90],
    ]);
  });

  const split: Split = { kind: 'fraction', train: 0.7, validation: 0.15, cut: 'time' };

  test('one series, and series of the same times, are cut as each on its own', () => {
    for (const rows of [10, 20, 90, 101]) {
      const own = boundaries({ ...split, cut: 'series' }, days(rows));
      expect(boundaries(split, days(rows))).toEqual(own);
      expect(boundaries(split, days(rows), days(rows), days(rows))).toEqual([...own, ...own, ...own]);
    }
  });

  test('series of other times are cut at the same times: none trains on the future of another', () => {
    const times = [days(101), days(10), days(90, 30)];
    const found = boundaries(split, ...times);
    expect(found).toEqual([
      [80, 95, 101],
      [10, 10, 10],
      [50, 65, 90],
    ]);
    const inTraining = found.reduce((sum, [validation]) => sum + validation!, 0);
    expect(inTraining).toBeLessThanOrEqual(Math.floor(201 * 0.7));
    expect(inTraining).toBeGreaterThan(Math.floor(201 * 0.7) - times.length);
  });

  test('a series whose rows all lie in the training part has no other', () => {
    expect(boundaries(split, days(50), days(50, 400))).toEqual([
      [50, 50, 50],
      [20, 35, 50],
    ]);
  });
});

describe('by count', () => {
  test('a fixed number of rows each, the rest is not used', () => {
    const split: Split = { kind: 'count', train: 50, validation: 20, test: 10 };
    expect(boundaries(split, days(101), days(65), days(75))).toEqual([
      [50, 70, 80],
      [50, 65, 65],
      [50, 70, 75],
    ]);
    expect(boundaries({ kind: 'count', train: 50, validation: 20 }, days(101))).toEqual([[50, 70, 101]]);
  });
});

describe('by date', () => {
  test('the test ends before testUntil', () => {
    const dates = { validationFrom: '2000-01-05', testFrom: '2000-01-07' };
    const until = (testUntil: string): Split => ({ kind: 'date', ...dates, testUntil });
    expect(boundaries(until('2000-01-09'), days(20), days(20, 5))).toEqual([
      [4, 6, 8],
      [0, 1, 3],
    ]);
    expect(boundaries(until('2010'), days(20))).toEqual([[4, 6, 20]]);
    expect(errorOf(() => boundaries(until('2000-01-07'), days(20))).message).toBe(
      'split.testUntil (2000-01-07) must be later than split.testFrom (2000-01-07): the test ends before it.',
    );
  });

  test('begins at the first row not before the date', () => {
    const split: Split = { kind: 'date', validationFrom: '2000-01-05', testFrom: '2000-01-07T12:00:00Z' };
    expect(boundaries(split, days(10), days(10, 2), days(3, 8))).toEqual([
      [4, 7, 10],
      [2, 5, 10],
      [0, 0, 3],
    ]);
  });

  test.each([
    ['validationFrom', { validationFrom: '1999-12-31', testFrom: '2000-01-07' }],
    ['validationFrom', { validationFrom: '2000-01-01', testFrom: '2000-01-07' }],
    ['testFrom', { validationFrom: '2000-01-05', testFrom: '2000-01-11' }],
  ])('refuses a %s outside the data', (field, dates) => {
    const error = errorOf(() => boundaries({ kind: 'date', ...dates }, days(10)));
    expect(error.code).toBe('invalid-input');
    expect(error.message).toContain(`split.${field}`);
    expect(error.message).toContain('the data run from 2000-01-01 to 2000-01-10');
  });

  test('refuses dates out of order', () => {
    const split: Split = { kind: 'date', validationFrom: '2000-01-05', testFrom: '2000-01-05' };
    expect(errorOf(() => boundaries(split, days(10))).message).toContain('must be later than');
  });
});

describe('parseTime', () => {
  test.each([
    ['2020', '2020-01-01T00:00:00.000Z', 0n],
    ['2020-03', '2020-03-01T00:00:00.000Z', 0n],
    ['2020-02-29', '2020-02-29T00:00:00.000Z', 0n],
    ['1955-02-28 07:30', '1955-02-28T07:30:00.000Z', 0n],
    ['2020-03-01T12:00:00+02:00', '2020-03-01T10:00:00.000Z', 0n],
    ['2020-03-01T12:00:00-0530', '2020-03-01T17:30:00.000Z', 0n],
    ['2020-03-01T12:00:00.000123Z', '2020-03-01T12:00:00.000Z', 123n],
  ])('%s', (text, iso, microseconds) => {
    expect(parseTime(text, 'f')).toBe(BigInt(Date.parse(iso)) * 1000n + microseconds);
  });

  test.each(['2021-02-29', '2020-13-01', '2020-01-01T25:00', '01.02.2020', 'yesterday', '2020-1-1'])(
    'refuses %s',
    (text) => {
      const error = errorOf(() => parseTime(text, 'split.testFrom'));
      expect(error.code).toBe('invalid-input');
      expect(error.message).toContain(text);
    },
  );
});
