import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { select } from '../../engine/data/select.ts';
import { histogram, quantiles, statisticsOfValues, summarize } from '../../engine/data/statistics.ts';

const floats = fc.float64Array({ minLength: 1, maxLength: 200, min: -1e6, max: 1e6, noNaN: true });

describe('select', () => {
  const sorted = (values: Float64Array) => values.toSorted();

  test('is what sorting finds, with repeated values, too', () => {
    const few = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 50 });
    const values = fc.oneof(
      floats,
      few.map((list) => Float64Array.from(list)),
    );
    fc.assert(
      fc.property(values, fc.nat(), (given, at) => {
        const k = at % given.length;
        const reordered = given.slice();
        expect(select(reordered, k)).toBe(sorted(given)[k]);
        expect(sorted(reordered)).toEqual(sorted(given));
        for (let before = 0; before < k; before++) expect(reordered[before]! <= reordered[k]!).toBe(true);
      }),
      { seed: 1 },
    );
  });

  test.each([
    ['rising', (row: number) => row],
    ['falling', (row: number) => -row],
    ['constant', () => 5],
    ['a wave', (row: number) => Math.sin(row)],
    ['two values', (row: number) => row % 2],
    ['with infinities', (row: number) => (row % 7 === 0 ? Number.POSITIVE_INFINITY : -row)],
  ])('a long column: %s', (_name, valueAt) => {
    const values = Float64Array.from({ length: 20_001 }, (_, row) => valueAt(row));
    const expected = sorted(values);
    for (const k of [0, 1, 5_000, 10_000, 19_999, 20_000])
      expect(select(values.slice(), k)).toBe(expected[k]);
  });
});

describe('statistics', () => {
  test('quantiles lie between the nearest ranks', () => {
    expect(summarize(Float64Array.of(4, 1, 3, 2))).toMatchObject({
      min: 1,
      q25: 1.75,
      median: 2.5,
      q75: 3.25,
      max: 4,
      mean: 2.5,
    });
    expect(summarize(Float64Array.of(2, 4)).std).toBe(1);
    expect(quantiles(Float64Array.of(7), [0.3])).toEqual([7]);
    expect(quantiles(new Float64Array(), [0.5])).toEqual([Number.NaN]);
    expect(summarize(new Float64Array())).toMatchObject({ count: 0, min: Number.NaN, max: Number.NaN });
  });

  test('the classes of a histogram hold every value once', () => {
    expect(histogram(Float64Array.of(0, 1, 2, 3, 4), 2, 0, 4)).toEqual([2, 3]);
    expect(histogram(Float64Array.of(5, 5), 3, 5, 5)).toEqual([2, 0, 0]);
  });

  const correlations = (values: Float64Array, lags: number) =>
    statisticsOfValues(values, { classes: 1, lags }).autocorrelation;

  test('a series of period 4 remembers itself after 4 rows, and turns after 2', () => {
    const wave = Float64Array.from({ length: 400 }, (_, row) => [0, 1, 0, -1][row % 4]!);
    const found = correlations(wave, 4)!;
    expect(found[3]).toBeCloseTo(1, 2);
    expect(found[1]).toBeCloseTo(-1, 2);
    expect(found[0]).toBeCloseTo(0, 2);
    expect(correlations(Float64Array.of(1, 1, 1, 1), 2)).toBeNull();
    expect(correlations(Float64Array.of(1, 2, 3), 2)).toBeNull();
  });

  /** The definition, pair by pair. */
  function naive(values: Float64Array, lag: number): number {
    const known = values.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
    const products = [...values.keys()]
      .filter((row) => row >= lag)
      .map((row) => (values[row]! - mean) * (values[row - lag]! - mean))
      .filter((product) => !Number.isNaN(product));
    return products.reduce((sum, product) => sum + product, 0) / products.length / variance;
  }

  test.each([81, 200, 5_000])(
    '%i rows, a third of them missing, give each lag by its known pairs',
    (rows) => {
      let state = 1;
      const values = Float64Array.from({ length: rows }, (_, row) => {
        state = (state * 48_271) % 2_147_483_647;
        return row % 3 === 1 ? Number.NaN : 100 + Math.sin(row / 5) + state / 2_147_483_647;
      });
      const found = correlations(values, 40)!;
      expect(found).toHaveLength(40);
      for (const [index, value] of found.entries()) expect(value).toBeCloseTo(naive(values, index + 1), 9);
      const { missing, count } = statisticsOfValues(values, { classes: 4, lags: 40 });
      expect([missing, count]).toEqual([values.filter(Number.isNaN).length, rows - missing]);
    },
  );

  test('a column without a known value has no statistics but its count', () => {
    const values = new Float64Array(100).fill(Number.NaN);
    const { missing, count, mean, autocorrelation } = statisticsOfValues(values, { classes: 4, lags: 10 });
    expect({ missing, count, mean, autocorrelation }).toEqual({
      missing: 100,
      count: 0,
      mean: Number.NaN,
      autocorrelation: null,
    });
  });
});
