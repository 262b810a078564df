import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketBounds, movingAverage, reduce } from '../../engine/data/reduction.ts';

const floats = fc.float64Array({ minLength: 1, maxLength: 200, min: -1e6, max: 1e6, noNaN: true });

describe('reduction', () => {
  test('every row is in exactly one bucket, and the extremes survive', () => {
    fc.assert(
      fc.property(floats, fc.integer({ min: 1, max: 300 }), (values, positions) => {
        const bounds = bucketBounds(values.length, positions);
        expect(bounds[0]).toBe(0);
        expect(bounds.at(-1)).toBe(values.length);
        for (let index = 1; index < bounds.length; index++)
          expect(bounds[index]! > bounds[index - 1]!).toBe(true);
        const { mean, min, max } = reduce(values, bounds);
        expect(Math.max(...max)).toBe(Math.max(...values));
        expect(Math.min(...min)).toBe(Math.min(...values));
        for (const [position, value] of mean.entries()) {
          expect(value >= min[position]! - 1e-6 && value <= max[position]! + 1e-6).toBe(true);
        }
      }),
      { seed: 1 },
    );
  });

  test('gaps stay gaps, and what is not finite does not spoil its neighbours', () => {
    const { NaN: none, POSITIVE_INFINITY: infinite } = Number;
    const { mean, max } = reduce(Float64Array.of(1, infinite, none, none, 4, 6), Int32Array.of(0, 2, 4, 6));
    expect(Array.from(mean)).toEqual([1, none, 5]);
    expect(Array.from(max)).toEqual([1, none, 6]);
  });

  test('a moving average of a constant is that constant from the first row on', () => {
    expect(Array.from(movingAverage(Float64Array.of(2, 2, 2), 0.9).smooth)).toEqual([
      expect.closeTo(2, 12),
      expect.closeTo(2, 12),
      expect.closeTo(2, 12),
    ]);
    expect(Array.from(movingAverage(Float64Array.of(1, 3), 0.5).smooth)).toEqual([
      1,
      expect.closeTo((0.25 + 1.5) / 0.75, 12),
    ]);
    expect(movingAverage(Float64Array.of(1, Number.NaN, 1), 0.5).smooth[2]).toBeCloseTo(1, 12);
  });

  test('a moving average that is continued is that of all rows at once', () => {
    fc.assert(
      fc.property(floats, fc.nat(), (values, at) => {
        const rows = at % (values.length + 1);
        const whole = movingAverage(values, 0.8);
        const before = movingAverage(values.slice(0, rows), 0.8);
        expect(movingAverage(values, 0.8, before)).toEqual(whole);
      }),
      { seed: 2 },
    );
  });
});
