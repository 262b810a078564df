// Adaptive intervals hold what they promise on series that change: in the long run, and soon after the change.
import { describe, expect, test } from 'vitest';
import { adaptive } from '../../engine/evaluation/intervals/adaptive.ts';
import { conformalQuantile } from '../../engine/evaluation/intervals/calibration.ts';
import { RecentErrors } from '../../engine/evaluation/intervals/recent-errors.ts';
import { makeRandom } from '../data/made-series.ts';

const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95];
const CALIBRATED = 300;
const TESTED = 1_000;

type Values = (row: number, noise: number) => number;

/** Shares of the truths after the calibration that lie below each level; forecasts are 0, `own` the quantiles of a head. */
function sharesBelow(valueAt: Values, own: readonly number[] | null = null): number[] {
  const random = makeRandom(11);
  // Of twelve uniform numbers, less 6: close to a standard normal one.
  const normal = (): number => Array.from({ length: 12 }, random).reduce((sum, one) => sum + one, -6);
  const rows = Float64Array.from({ length: CALIBRATED + TESTED + 1 }, (_, row) => valueAt(row, normal()));
  const errorsOf = (base: number): Float64Array =>
    rows
      .slice(0, CALIBRATED)
      .map((value) => value - base)
      .sort();
  const moves = LEVELS.map((level, at) =>
    Float64Array.of(conformalQuantile(errorsOf(own?.[at] ?? 0), level)),
  );
  const plain = errorsOf(0);
  const spread = Float64Array.of(conformalQuantile(plain, 0.95) - conformalQuantile(plain, 0.05));
  const origin = Int32Array.from({ length: TESTED }, (_, at) => CALIBRATED + at);
  const maker = adaptive.create(
    {
      set: { series: new Int32Array(TESTED), origin },
      horizon: 1,
      width: 1,
      scales: [Float64Array.of(1)],
      actual: (_, row) => rows[row] ?? Number.NaN,
    },
    { levels: LEVELS, moves, spread, count: CALIBRATED },
  );
  const quantiles = maker.of(
    origin.map((_, at) => at),
    new Float64Array(TESTED),
    own?.map((value) => new Float64Array(TESTED).fill(value)) ?? null,
  );
  return quantiles.map(
    (level) => level.filter((value, at) => rows[origin[at]! + 1]! <= value).length / TESTED,
  );
}

describe('shares below each level are near to what they promise', () => {
  test.each<[string, Values]>([
    ['of a series that does not change', (_, noise) => noise],
    ['three times as wide from the middle on', (row, noise) => (row > 700 ? 3 : 1) * noise],
    ['a third as wide from the middle on', (row, noise) => (row > 700 ? 1 / 3 : 1) * noise],
    ['two deviations higher from the middle on', (row, noise) => (row > 700 ? 2 : 0) + noise],
    ['of a width that rises all the time', (row, noise) => (1 + row / 300) * noise],
  ])('%s', (_, valueAt) => {
    sharesBelow(valueAt).forEach((share, at) => {
      expect(Math.abs(share - LEVELS[at]!), `level ${LEVELS[at]}`).toBeLessThan(0.03);
    });
  });

  test('also where the quantiles of a head are far too wide for the errors', () => {
    // Calibrated moves then pull the levels together, so that their own distance says nothing of the errors.
    const own = [-30, -20, 0, 20, 30];
    sharesBelow((row, noise) => (row > 700 ? 3 : 1) * noise, own).forEach((share, at) => {
      expect(Math.abs(share - LEVELS[at]!), `level ${LEVELS[at]}`).toBeLessThan(0.03);
    });
  });
});

test('the spread of the latest errors is that of the last fifty in order, and unknown before', () => {
  const random = makeRandom(5);
  const errors = Array.from({ length: 300 }, (_, at) => Math.round(random() * 20) * (at > 150 ? 4 : 1));
  const recent = new RecentErrors();
  errors.forEach((error, at) => {
    recent.add(error);
    const last = errors.slice(Math.max(0, at - 49), at + 1).toSorted((a, b) => a - b);
    // The third and the 48th of 50: 0.05 and 0.95 of 51.
    expect(recent.spread(0.05, 0.95)).toBe(at < 49 ? null : last[47]! - last[2]!);
  });
});
