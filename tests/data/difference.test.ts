// What changed between two versions of a series.
import { expect, test } from 'vitest';
import { differenceOf, sumDifferences, type VersionColumns } from '../../engine/data/difference.ts';

const version = (rows: readonly (readonly [number, number])[]): VersionColumns => ({
  times: BigInt64Array.from(rows, ([time]) => BigInt(time)),
  columns: new Map([['v', Float64Array.from(rows, ([, value]) => value)]]),
});
const before = version([
  [1, 10],
  [2, Number.NaN],
  [4, 40],
  [5, 50],
]); // prettier-ignore

test('new rows, lost ones and changed values', () => {
  const after = version([
    [1, 10],
    [2, Number.NaN],
    [3, 30],
    [5, 51],
    [6, 60],
    [7, 70],
  ]); // prettier-ignore
  expect(differenceOf(before, after)).toEqual({
    added: 3,
    appended: 2,
    removed: 1,
    changed: 1,
    firstChangedUs: 5,
    lastChangedUs: 5,
  });
});

test('the same has no difference, and nothing has all', () => {
  const none = { added: 0, appended: 0, removed: 0, changed: 0, firstChangedUs: null, lastChangedUs: null };
  expect(differenceOf(before, before)).toEqual(none);
  expect(differenceOf(version([]), before)).toEqual({ ...none, added: 4, appended: 4 });
  const filled = version([
    [1, 10],
    [2, 20],
    [4, 40],
    [5, 50],
  ]); // prettier-ignore
  expect(sumDifferences([differenceOf(before, filled), differenceOf(before, before)])).toEqual({
    ...none,
    changed: 1,
    firstChangedUs: 2,
    lastChangedUs: 2,
  });
});
