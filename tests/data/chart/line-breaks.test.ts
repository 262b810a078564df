// The line of a chart breaks where rows are missing, and nowhere else.
import { expect, test } from 'vitest';
import { brokenAt, timesOf, withBreaks } from '../../../engine/data/chart/line-breaks.ts';
import { bucketBounds, reduce } from '../../../engine/data/reduction.ts';

/** Rows at 0 to 9 and 100 to 109. */
const TIMES = Float64Array.from({ length: 20 }, (_, row) => (row < 10 ? row : 90 + row));
const GAPS = [{ row: 10, missing: 90 }];

test.each([
  [20, 'rows one by one'],
  [7, 'points of several rows'],
])('a point without values lies in the gap: %i points (%s)', (count) => {
  const { bounds, breaks } = brokenAt(bucketBounds(20, count), TIMES, GAPS);
  const times = timesOf({ bounds, breaks, times: TIMES }, 'first');
  const ends = timesOf({ bounds, breaks, times: TIMES }, 'last');
  const { mean } = reduce(Float64Array.from(TIMES), bounds);
  const values = withBreaks(mean, breaks);
  expect(values).toHaveLength(times.length);
  const broken = values.findIndex(Number.isNaN);
  expect([times[broken - 1]! < 10, ends[broken - 1], times[broken], times[broken + 1]]).toEqual([
    true,
    9,
    54.5,
    100,
  ]);
  expect(values.filter(Number.isNaN)).toHaveLength(1);
  expect(Array.from(times)).toEqual(Array.from(times).sort((a, b) => a - b));
});

test('no break without a gap, outside the range, or narrower than a point', () => {
  const bounds = bucketBounds(20, 7);
  expect(brokenAt(bounds, TIMES, []).breaks).toEqual([]);
  expect(brokenAt(bucketBounds(5, 5), TIMES, GAPS).breaks).toEqual([]);
  const even = Float64Array.from({ length: 1_000 }, (_, row) => (row < 500 ? row : row + 1));
  expect(brokenAt(bucketBounds(1_000, 10), even, [{ row: 500, missing: 1 }]).breaks).toEqual([]);
  expect(brokenAt(bucketBounds(1_000, 1_000), even, [{ row: 500, missing: 1 }]).breaks).toEqual([500]);
});
