// Spikes: which values are far from all others, and which columns only look so.
import { describe, expect, test } from 'vitest';
import { addToExtremes, createExtremes, findSpikes, spikesText } from '../../engine/data/spikes.ts';
import { makeRandom, wave } from './made-series.ts';

function spikesOf(values: readonly number[]) {
  const extremes = createExtremes();
  // In two pieces, as blocks of a file come.
  const array = Float64Array.from(values);
  const half = values.length >> 1;
  addToExtremes(extremes, array, { from: 0, to: half, row: 0 });
  addToExtremes(extremes, array.subarray(half), { from: 0, to: values.length - half, row: half });
  return findSpikes(extremes);
}

const sine = Array.from({ length: 400 }, (_, row) => 1.5 * Math.sin(row / 5));
const withAt = (values: readonly number[], changes: Readonly<Record<number, number>>) =>
  values.map((value, row) => changes[row] ?? value);

describe('a value far from all others is found', () => {
  test.each<[string, Readonly<Record<number, number>>]>([
    ['high', { 203: 1e9 }],
    ['low', { 0: -1e9 }],
    ['two of one side', { 3: 1e9, 399: 3e8 }],
    ['the same twice', { 3: 5000, 4: 5000 }],
    ['one at each end', { 200: -4e6, 7: 2e5 }],
    ['a slip of the decimal point', { 100: 1500 }],
  ])('%s', (_, changes) => {
    const found = spikesOf(withAt(sine, changes))!;
    expect(Object.fromEntries(found.spikes.map(({ row, value }) => [row, value]))).toEqual(changes);
    expect(found.others[1]).toBeLessThanOrEqual(1.5);
  });

  test('among values that are all alike', () => {
    expect(spikesOf(withAt(new Array(60).fill(5), { 9: 1e6 }))?.spikes).toEqual([{ row: 9, value: 1e6 }]);
  });

  test('beside missing values', () => {
    const holed = sine.map((value, row) => (row % 3 === 0 ? Number.NaN : value));
    expect(spikesOf(withAt(holed, { 203: 1e9 }))?.spikes).toEqual([{ row: 203, value: 1e9 }]);
  });
});

describe('a column without spikes', () => {
  const random = makeRandom(3);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  test.each<[string, readonly number[]]>([
    ['a wave', wave(400)],
    ['prices over decades', Array.from({ length: 5000 }, (_, row) => 0.05 * 1.002 ** row)],
    [
      'rain, mostly none',
      Array.from({ length: 2000 }, () => (random() < 0.8 ? 0 : -20 * Math.log(random()))),
    ],
    ['counts of rare events', withAt(new Array(400).fill(0), { 5: 1, 9: 1, 300: 3 })],
    ['very heavy tails', Array.from({ length: 2000 }, () => Math.exp(2.5 * normal()))],
    ['a step', Array.from({ length: 400 }, (_, row) => (row < 200 ? 0.001 * Math.sin(row) : 1e6 + row))],
    ['few values', [1, 2, 1, 2, 1e9]],
    ['nothing', []],
  ])('%s', (_, values) => {
    expect(spikesOf(values)).toBeNull();
  });
});

test('is said in a sentence', () => {
  const text = spikesText(spikesOf(withAt(sine, { 203: 1e9 }))!, ({ row }) => `line ${row + 2}`);
  expect(text).toMatch(
    /^1 value is far from all others, 300,000,000 times the range of those \(-1\.49\d* to 1\.49\d*\): 1000000000 \(line 205\)$/,
  );
});
