import { describe, expect, test } from 'vitest';
import {
  columnFormat,
  fileName,
  formatBytes,
  formatChange,
  formatCompact,
  formatDataTime,
  formatDuration,
  formatInstant,
  formatMoment,
  formatNumber,
} from '../../renderer/ui/format.ts';

describe('numbers', () => {
  test.each([
    [0.012345, '0.01235'],
    [1.5, '1.500'],
    [1234.5, '1,235'],
    [-2, '−2.000'],
    [0, '0'],
    [3.2e-7, '3.20e−7'],
    [5.2e9, '5.20e9'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '−∞'],
    [null, '–'],
  ])('%d is %s', (value, text) => expect(formatNumber(value)).toBe(text));

  test('changes have a sign and separators', () => {
    expect(formatChange(-0.805)).toBe('−80.5 %');
    expect(formatChange(20.424)).toBe('+2,042.4 %');
  });

  test('sizes', () => {
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(1_500)).toBe('1.5 kB');
    expect(formatBytes(248_000)).toBe('248 kB');
    expect(formatCompact(12_400)).toBe('12.4k');
  });
});

test.each([
  [
    [0, 12.8, -1.1, 10],
    ['0.0', '12.8', '\u22121.1', '10.0'],
  ],
  [
    [5, 1092100000],
    ['5', '1,092,100,000'],
  ],
  [
    [0.1 + 0.2, 2],
    ['0.30000000000000004', '2'],
  ],
  [
    [1e-7, 2],
    ['1e-7', '2'],
  ],
  [
    [Number.NaN, 1.25],
    ['NaN', '1.25'],
  ],
  [[], []],
])('a column of data %j is written exactly, with even decimals', (values, texts) => {
  expect(values.map(columnFormat(values))).toEqual(texts);
});

test('names of files lose what a file system takes for something else', () => {
  expect(fileName('co2: a/b\\c? ')).toBe('co2- a-b-c-');
  expect(fileName('..')).toBe('hindcast');
  expect(fileName('wärme 1.5')).toBe('wärme 1.5');
});

describe('times', () => {
  test.each([
    [0.2, '0.2 s'],
    [59.6, '1 min 00 s'],
    [3_725, '1 h 02 min'],
    [200_000, '2 d 7 h'],
    [null, '–'],
  ])('%d seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  test('data are in UTC, whatever the zone of the machine', () => {
    expect(formatDataTime(Date.UTC(2024, 0, 1) * 1000)).toBe('2024-01-01');
    expect(formatDataTime(Date.UTC(2024, 0, 1, 13, 30) * 1000)).toBe('2024-01-01 13:30');
    expect(formatDataTime(Date.UTC(2024, 0, 1, 0, 0) * 1000, 3_600_000_000)).toBe('2024-01-01 00:00');
  });

  test('what happened is told to the second, in local time and in the order of data', () => {
    expect(formatInstant(new Date(2026, 10, 9, 4, 5, 6).getTime())).toBe('2026-11-09 04:05:06');
  });

  test('runs are in local time, as far back as needed', () => {
    const now = new Date(2026, 10, 22, 15, 0).getTime();
    expect(formatMoment(new Date(2026, 10, 22, 9, 5).getTime(), now)).toBe('09:05');
    expect(formatMoment(new Date(2026, 10, 20, 9, 5).getTime(), now)).toBe('Fri 09:05');
    expect(formatMoment(new Date(2025, 2, 3, 9, 5).getTime(), now)).toBe('3 Mar 2025');
  });
});
