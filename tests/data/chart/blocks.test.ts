// Reduced by blocks, a long column shows what it shows row by row.
import { expect, test } from 'vitest';
import { reduceLong } from '../../../engine/data/chart/blocks.ts';
import { bucketBounds, reduce } from '../../../engine/data/reduction.ts';

test.each([
  [400, 10],
  [5_000, 3],
  [70_001, 7],
  [70_001, 1],
])('%i rows in %i buckets', (rows, buckets) => {
  const values = Float64Array.from({ length: rows }, (_, i) =>
    i % 11 === 0 ? Number.NaN : ((i * 7919) % 1009) - 500,
  );
  // A stretch without any value, and infinities that no chart shows.
  values.fill(Number.NaN, 1_000, 2_600);
  values[3] = Number.POSITIVE_INFINITY;
  for (const from of [0, 1, 257]) {
    const bounds = bucketBounds(rows - from, buckets).map((row) => row + from);
    const [plain, fast] = [reduce(values, bounds), reduceLong(values, bounds)];
    expect([fast.min, fast.max]).toEqual([plain.min, plain.max]);
    fast.mean.forEach((mean, i) => {
      if (Number.isNaN(plain.mean[i])) expect(mean).toBeNaN();
      else expect(mean).toBeCloseTo(plain.mean[i]!, 9);
    });
  }
});

test('another view of the same column is right, too', () => {
  const values = Float64Array.from({ length: 10_000 }, (_, i) => i);
  expect(reduceLong(values, Int32Array.of(0, 10_000)).mean[0]).toBe(4_999.5);
  expect(reduceLong(values, Int32Array.of(100, 5_101, 10_000)).max).toEqual(Float64Array.of(5_100, 9_999));
});
