// The checks of an exported model, and a model that fails them.
import { expect, test } from 'vitest';
import type { Part, PreparedForecast, WindowSet } from '../../engine/data/prepared.ts';
import { openLayersModel } from '../../engine/export/tfjs/artifacts.ts';
import { exportTfjs } from '../../engine/export/tfjs/export-tfjs.ts';
import { allOf, largestDifference, windowsToCheck } from '../../engine/export/tfjs/verification.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { experimentWith, madeSeries, sourceOf } from './source.ts';

const sets = (train: number, validation: number, test: number): PreparedForecast['windows'] => {
  const set = (part: Part, count: number): WindowSet => ({
    part,
    count,
    series: new Int32Array(count),
    leftOut: [],
    origin: Int32Array.from(
      { length: count },
      (_, at) => ({ train: 0, validation: 1000, test: 2000 })[part] + at,
    ),
  });
  return { train: set('train', train), validation: set('validation', validation), test: set('test', test) };
};

test.each([
  [sets(500, 200, 350), 100, 0],
  [sets(500, 200, 60), 60, 40],
  [sets(500, 10, 60), 60, 10],
  [sets(20, 4, 6), 6, 4],
])('100 windows are checked, of the test part as far as it has them', (windows, ofTest, ofValidation) => {
  const checked = windowsToCheck(windows);
  const all = windows.train.count + windows.validation.count + windows.test.count;
  expect(checked.count).toBe(Math.min(100, all));
  expect(new Set(checked.origin).size).toBe(checked.count);
  expect(checked.origin.filter((row) => row >= 2000)).toHaveLength(ofTest);
  expect(checked.origin.filter((row) => row >= 1000 && row < 2000)).toHaveLength(ofValidation);
});

test('the windows are spread over the whole part, its last window among them', () => {
  const { origin } = windowsToCheck(sets(1, 1, 350));
  expect([origin[0], origin[50], origin[99]]).toEqual([2000, 2176, 2349]);
});

test('a difference means the same for returns, prices and volumes', () => {
  const differences = [
    { level: 1e-3, spread: 2e-2 },
    { level: 1e5, spread: 1e3 },
    { level: 1e9, spread: 3e8 },
  ].map((made) => {
    const prepared = prepareForecast(experimentWith({}), [madeSeries('one', 1, made)], 'made');
    const windows = windowsToCheck(prepared.windows);
    const cells = windows.count * prepared.horizon;
    const ours = prepared.toOriginal(windows, allOf(windows), new Float32Array(cells));
    const theirs = ours.map((value, cell) => value + (cell === 17 ? made.spread * 1e-3 : 0));
    return largestDifference(prepared, windows, theirs, ours);
  });
  expect(differences[0]).toBeGreaterThan(1e-4);
  expect(differences[1]! / differences[0]!).toBeCloseTo(1, 6);
  expect(differences[2]! / differences[0]!).toBeCloseTo(1, 6);
});

test.each([
  ['scaled inside', {}],
  ['scaled outside', { pipeline: [{ step: 'fill' }, { step: 'one-hot' }, { step: 'log', columns: ['a'] }] }],
])('a model with one wrong weight is refused, %s', async (_, changes) => {
  const source = await sourceOf(experimentWith(changes), [madeSeries('one', 1)]);
  const weights = source.weights.map((array) => ({ ...array, values: array.values.slice() }));
  weights.find(({ name }) => name === 'head/kernel')!.values[5]! += 0.01;
  const refusal = exportTfjs({ ...source, weights });
  await expect(refusal).rejects.toThrow(/export was refused: on 100 windows .* nothing was written/);
  await expect(exportTfjs(source)).resolves.toBeDefined();
});

test('forecasts that are no numbers are refused', async () => {
  const source = await sourceOf(experimentWith({}), [madeSeries('one', 1)]);
  source.forecasts[0]![7] = Number.NaN;
  await expect(exportTfjs(source)).rejects.toThrow(/export was refused/);
});

test('files that are no model are refused', async () => {
  await expect(openLayersModel({ json: '{}', weights: new Uint8Array(0) })).rejects.toThrow(/no model/);
});
