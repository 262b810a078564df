// The explorer's pure parts: order of the table of statistics, ticks and texts on the clock of a zone.
import { expect, test } from 'vitest';
import type { ColumnStatistics } from '../../engine/contract/datasets/views.ts';
import { zoneOffset } from '../../renderer/charts/zone-clock.ts';
import { sortedStatistics } from '../../renderer/features/data/statistics-order.ts';
import { formatDataTime } from '../../renderer/ui/format.ts';

const one = (name: string, mean: number): ColumnStatistics => ({
  name,
  count: 1,
  missing: 0,
  mean,
  std: 0,
  min: mean,
  q25: mean,
  median: mean,
  q75: mean,
  max: mean,
  histogram: [],
  autocorrelation: null,
});

test('statistics in the order of a column; one without a value stays last', () => {
  const all = [one('b', 2), one('none', Number.NaN), one('a', 3), one('c', -1)];
  const names = (key: 'name' | 'mean', descending: boolean) =>
    sortedStatistics(all, { key, descending }).map(({ name }) => name);
  expect(names('mean', true)).toEqual(['a', 'b', 'c', 'none']);
  expect(names('mean', false)).toEqual(['c', 'b', 'a', 'none']);
  expect(names('name', false)).toEqual(['a', 'b', 'c', 'none']);
  expect(sortedStatistics(all, null)).toEqual(all);
});

test('the clock of a zone follows summer time', () => {
  const at = (text: string) => Date.parse(text) * 1000;
  expect(zoneOffset('Europe/Berlin', at('2024-01-15T12:00:00Z'))).toBe(3_600_000_000);
  expect(zoneOffset('Europe/Berlin', at('2024-03-31T00:59:59Z'))).toBe(3_600_000_000);
  expect(zoneOffset('Europe/Berlin', at('2024-03-31T01:00:00Z'))).toBe(7_200_000_000);
  expect(zoneOffset('Asia/Kolkata', at('2024-01-15T12:00:00Z'))).toBe(19_800_000_000);
  expect(zoneOffset('UTC', at('2024-01-15T12:00:00Z'))).toBe(0);
  expect(formatDataTime(at('2024-07-01T22:00:00Z'), 3_600_000_000, 'Europe/Berlin')).toBe('2024-07-02 00:00');
});
