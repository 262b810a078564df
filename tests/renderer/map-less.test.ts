import { expect, test } from 'vitest';
import { mapLess } from '../../renderer/tasks/forecast/map-less.ts';

const map = (sizes: number[][], from = [1, 3]) => ({
  from,
  to: [2, 4],
  origin: [0, 1],
  steps: [1, 5],
  sizes,
});

test('errors of one run less those of another, cell by cell; unknown stays unknown', () => {
  const less = mapLess(
    map([
      [1, 2],
      [3, Number.NaN],
    ]),
    map([
      [0.5, 4],
      [3, 1],
    ]),
  );
  expect(less).toEqual([
    [0.5, -2],
    [0, Number.NaN],
  ]);
});

test('other origins cannot be subtracted', () => {
  expect(
    mapLess(
      map([
        [1, 2],
        [3, 4],
      ]),
      map(
        [
          [1, 2],
          [3, 4],
        ],
        [1, 2],
      ),
    ),
  ).toBeNull();
});
