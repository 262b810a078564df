import { describe, expect, test } from 'vitest';
import { detectFrequency, seasonOf, timesAfter } from '../../engine/data/frequency.ts';
import { DAY_US, START_US } from './made-series.ts';

const at = (text: string) => BigInt(Date.parse(text.includes('T') ? text : `${text}T00:00:00Z`)) * 1000n;
const times = (...texts: string[]) => BigInt64Array.from(texts, at);
const iso = (time: bigint) => new Date(Number(time / 1000n)).toISOString();

function regular(count: number, stepUs: bigint): BigInt64Array {
  return BigInt64Array.from({ length: count }, (_, row) => START_US + BigInt(row) * stepUs);
}

/** Days from a Saturday on, without those weekdays (0 = Sunday). */
function daysWithout(weekdays: readonly number[], count: number): BigInt64Array {
  return regular(count, DAY_US).filter(
    (time) => !weekdays.includes(new Date(Number(time / 1000n)).getUTCDay()),
  );
}

/** The days of month `day` (or the month's last) from January 2000 on. */
function months(count: number, day: number, step = 1): BigInt64Array {
  return BigInt64Array.from({ length: count }, (_, row) => {
    const last = new Date(Date.UTC(2000, row * step + 1, 0)).getUTCDate();
    return BigInt(Date.UTC(2000, row * step, Math.min(day, last))) * 1000n;
  });
}

function next(history: BigInt64Array, count: number): string[] {
  const after = timesAfter(history.at(-1)!, detectFrequency(history)!, count);
  return Array.from(after, (time) => iso(time).replace('T00:00:00.000Z', ''));
}

describe('season', () => {
  test.each([
    ['hourly', regular(50, DAY_US / 24n), 24],
    ['every quarter of an hour', regular(50, DAY_US / 96n), 96],
    ['daily', regular(30, DAY_US), 7],
    ['daily, too few to know of weekends', regular(6, DAY_US), 7],
    ['business days', daysWithout([0, 6], 40), 5],
    ['Sunday to Thursday', daysWithout([5, 6], 40), 5],
    ['weekly', regular(30, 7n * DAY_US), 52],
    ['monthly', months(30, 1), 12],
    ['month ends', months(30, 31), 12],
    ['quarterly', months(30, 1, 3), 4],
    ['yearly', months(30, 1, 12), null],
    ['every five hours', regular(30, (5n * DAY_US) / 24n), null],
    ['every second', regular(30, 1_000_000n), null],
    ['a single row', regular(1, DAY_US), null],
  ])('%s', (_name, history, season) => {
    expect(seasonOf(detectFrequency(history))).toBe(season);
  });

  test('holidays do not hide business days', () => {
    const days = daysWithout([0, 6], 60).filter((_, row) => row !== 8 && row !== 9 && row !== 20);
    expect(seasonOf(detectFrequency(days))).toBe(5);
  });
});

describe('times to come', () => {
  test('days, weekends included', () => {
    expect(next(regular(21, DAY_US), 2)).toEqual(['2000-01-22', '2000-01-23']);
  });
  test('business days skip the weekend', () => {
    // The last row is Friday, 4 February 2000.
    expect(next(daysWithout([0, 6], 35), 3)).toEqual(['2000-02-07', '2000-02-08', '2000-02-09']);
  });
  test('hours continue through a change to summer time', () => {
    const history = times('2020-03-08T04:00Z', '2020-03-08T05:00Z', '2020-03-08T06:00Z');
    expect(next(history, 2)).toEqual(['2020-03-08T07:00:00.000Z', '2020-03-08T08:00:00.000Z']);
  });
  test('months on the same day', () => {
    expect(next(months(14, 1), 3)).toEqual(['2001-03-01', '2001-04-01', '2001-05-01']);
  });
  test('month ends', () => {
    expect(next(months(13, 31), 3)).toEqual(['2001-02-28', '2001-03-31', '2001-04-30']);
  });
  test('month ends, though no month of the history has 31 days', () => {
    expect(next(times('2001-06-30', '2001-09-30'), 2)).toEqual(['2001-12-31', '2002-03-31']);
  });
  test('the 30th, which February lacks', () => {
    expect(next(months(13, 30), 3)).toEqual(['2001-02-28', '2001-03-30', '2001-04-30']);
  });
  test('months that keep to no day follow the last one', () => {
    const history = times('2001-01-03', '2001-02-01', '2001-03-05', '2001-04-02');
    expect(next(history, 2)).toEqual(['2001-05-02', '2001-06-02']);
  });
  test('quarters and years, leap days included', () => {
    expect(next(months(5, 31, 3), 2)).toEqual(['2001-04-30', '2001-07-31']);
    expect(next(times('2014-02-28', '2015-02-28', '2016-02-29'), 2)).toEqual(['2017-02-28', '2018-02-28']);
  });
  test('before 1970, with a time of day', () => {
    const history = times('1968-11-01T06:30Z', '1968-12-01T06:30Z', '1969-01-01T06:30Z');
    expect(next(history, 1)).toEqual(['1969-02-01T06:30:00.000Z']);
  });
});
