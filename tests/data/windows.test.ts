// Windows, batches and masks against a naive reimplementation, on random series with missing values.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Part } from '../../engine/data/prepared.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { makeExperiment, makeSeries, wave } from './made-series.ts';

const PARTS: readonly Part[] = ['train', 'validation', 'test'];

interface Case {
  readonly rows: readonly number[];
  readonly lookback: number;
  readonly horizon: number;
  readonly stride: number;
  readonly missing: readonly boolean[];
}

const cases: fc.Arbitrary<Case> = fc.record({
  rows: fc.array(fc.integer({ min: 40, max: 80 }), { minLength: 1, maxLength: 3 }),
  lookback: fc.integer({ min: 1, max: 12 }),
  horizon: fc.integer({ min: 1, max: 6 }),
  stride: fc.integer({ min: 1, max: 4 }),
  missing: fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }),
});

/** Values of `y` with holes where the pattern says so, but never in the first three rows; `x` has none. */
function makeCase({ rows, missing }: Case) {
  return rows.map((count, index) => {
    const y = wave(count, index + 1).map((value, row) =>
      row > 2 && missing[row % missing.length] ? NaN : value,
    );
    return makeSeries({ y, x: wave(count, 99 + index) }, { name: `s${index}` });
  });
}

/** Every window of a part, found by trying every row: [series, origin]. */
function naiveWindows(part: Part, one: Case, known: readonly boolean[][]): number[][] {
  const found: number[][] = [];
  one.rows.forEach((count, series) => {
    const validation = Math.floor(count * 0.5);
    const test = validation + Math.floor(count * 0.25);
    const [from, to] = { train: [0, validation], validation: [validation, test], test: [test, count] }[part]!;
    for (let origin = 0; origin < count; origin += 1) {
      const targets = Array.from({ length: one.horizon }, (_, step) => origin + 1 + step);
      if (origin - one.lookback + 1 < 0) continue;
      if (!targets.every((row) => row >= from! && row < to!)) continue;
      if (part === 'train') {
        if ((origin - (one.lookback - 1)) % one.stride !== 0) continue;
        if (!targets.some((row) => known[series]![row])) continue;
      }
      found.push([series, origin]);
    }
  });
  return found;
}

describe('windows and batches equal a naive reimplementation', () => {
  test('on random series', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const series = makeCase(one);
        const y = series.map((s) => Array.from(s.columns[0]!.values));
        const x = series.map((s) => Array.from(s.columns[1]!.values));
        const known = y.map((values) => values.map((value) => !Number.isNaN(value)));
        fc.pre(PARTS.every((part) => naiveWindows(part, one, known).length > 0));
        const experiment = makeExperiment(
          {
            features: ['x'],
            targets: ['y', 'x'],
            lookback: one.lookback,
            horizon: one.horizon,
            stride: one.stride,
          },
          { split: { kind: 'fraction', train: 0.5, validation: 0.25, cut: 'series' } },
        );
        // With x as a target too every window has a known target.
        const all = known.map((values) => values.map(() => true));
        const prepared = prepareForecast(experiment, series, 'made');
        for (const part of PARTS) {
          const set = prepared.windows[part];
          const expected = naiveWindows(part, one, all);
          expect(Array.from(set.series, (s, i) => [s, set.origin[i]])).toEqual(expected);
          expect(prepared.parts.find((info) => info.part === part)!.windows).toBe(expected.length);
          checkBatch(part, expected, { prepared, one, y, x });
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  test('training windows without a known target are left out, others stay', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const series = makeCase(one);
        const known = series.map((s) => Array.from(s.columns[0]!.values, (value) => !Number.isNaN(value)));
        fc.pre(PARTS.every((part) => naiveWindows(part, one, known).length > 0));
        const experiment = makeExperiment(
          { features: ['x'], lookback: one.lookback, horizon: one.horizon, stride: one.stride },
          { split: { kind: 'fraction', train: 0.5, validation: 0.25, cut: 'series' } },
        );
        const prepared = prepareForecast(experiment, series, 'made');
        for (const part of PARTS) {
          const set = prepared.windows[part];
          expect(Array.from(set.series, (s, i) => [s, set.origin[i]])).toEqual(
            naiveWindows(part, one, known),
          );
        }
      }),
      { numRuns: 60, seed: 4 },
    );
  });
});

interface Naive {
  readonly prepared: ReturnType<typeof prepareForecast>;
  readonly one: Case;
  readonly y: readonly number[][];
  readonly x: readonly number[][];
}

/** Gathers the windows in reverse order into a batch that is too large and dirty, and compares every cell. */
function checkBatch(part: Part, windows: readonly number[][], { prepared, one, y, x }: Naive): void {
  const indices = windows.map((_, index) => windows.length - 1 - index);
  const batch = prepared.createBatch(windows.length + 2);
  batch.inputs.fill(7);
  batch.targets.fill(7);
  batch.mask.fill(7);
  prepared.gather(prepared.windows[part], indices, batch);
  const inputs: number[] = [];
  const targets: number[] = [];
  const mask: number[] = [];
  for (const index of indices) {
    const [series, origin] = windows[index]! as [number, number];
    for (let row = origin - one.lookback + 1; row <= origin; row += 1) inputs.push(x[series]![row]!);
    for (let row = origin + 1; row <= origin + one.horizon; row += 1) {
      for (const value of [y[series]![row]!, x[series]![row]!]) {
        targets.push(Number.isNaN(value) ? 0 : value);
        mask.push(Number.isNaN(value) ? 0 : 1);
      }
    }
  }
  const rest = (size: number) => new Array<number>(2 * size).fill(7);
  expect(Array.from(batch.inputs)).toEqual([...inputs.map(Math.fround), ...rest(one.lookback)]);
  expect(Array.from(batch.targets)).toEqual([...targets.map(Math.fround), ...rest(one.horizon * 2)]);
  expect(Array.from(batch.mask)).toEqual([...mask, ...rest(one.horizon * 2)]);
}

test('a batch that is too small is refused', () => {
  const prepared = prepareForecast(makeExperiment(), [makeSeries({ y: wave(60) })], 'made');
  const batch = prepared.createBatch(2);
  expect(() => prepared.gather(prepared.windows.train, [0, 1, 2], batch)).toThrow('too small');
});

test('the first validation and test targets are the first rows of their parts', () => {
  const { windows } = prepareForecast(makeExperiment(), [makeSeries({ y: wave(100) })], 'made');
  expect(windows.train.origin[0]).toBe(3);
  expect(windows.train.origin.at(-1)! + 2).toBe(69);
  expect(windows.validation.origin[0]! + 1).toBe(70);
  expect(windows.validation.origin.at(-1)! + 2).toBe(84);
  expect(windows.test.origin[0]! + 1).toBe(85);
  expect(windows.test.origin.at(-1)! + 2).toBe(99);
});
