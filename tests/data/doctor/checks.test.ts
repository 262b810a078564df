// The doctor's checks: each finds its fault where it was put, and nothing in data that are only unusual.
import { expect, test } from 'vitest';
import type { Examined } from '../../../engine/data/doctor/check.ts';
import { COLUMN_CHECKS } from '../../../engine/data/doctor/registry.ts';

const HOUR = 3_600_000_000;
const ROWS = 1_000;
const wave = (i: number): number => 20 + 5 * Math.sin(i / 7) + ((i * 7919) % 13) / 10;
function made(value: (i: number) => number, rows = ROWS): Examined {
  const values = Float64Array.from({ length: rows }, (_, i) => value(i));
  const times = BigInt64Array.from({ length: rows }, (_, i) => BigInt(i * HOUR));
  const missing = values.filter(Number.isNaN).length;
  return { column: 'v', series: 's', stepUs: HOUR, times, values, missing };
}

/** `id: from-to, from-to (count)` of all checks. */
function found(examined: Examined): string[] {
  return COLUMN_CHECKS.flatMap(({ id, find }) => {
    const symptom = find(examined);
    if (symptom === null) return [];
    return [`${id}: ${symptom.spans.map(({ from, to }) => `${from}-${to}`).join(', ')} (${symptom.count})`];
  });
}

const FAULTS: readonly (readonly [string, (i: number) => number, readonly string[]])[] = [
  ['a sensor that stands still', (i) => (i >= 300 && i < 460 ? 23.25 : wave(i)), ['stuck: 300-460 (160)']],
  [
    'two such runs',
    (i) => (i >= 300 && i < 400 ? 1 : i >= 600 && i < 650 ? 2 : wave(i)),
    ['stuck: 300-400, 600-650 (150)'],
  ],
  ['a spike', (i) => (i === 500 ? 900 : wave(i)), ['spikes: 500-501 (1)']],
  ['a drop to zero', (i) => (i === 500 ? -200 : wave(i)), ['spikes: 500-501 (1)']],
  ['another unit from some row on', (i) => (i >= 610 ? 1_000 : 1) * wave(i), ['unit-drift: 610-1000 (390)']],
  ['another unit before', (i) => (i < 400 ? 100 : 1) * wave(i), ['unit-drift: 400-1000 (600)']],
  ['a column that never changes', () => 7, ['constant: 0-1000 (1000)']],
  [
    'missing values',
    (i) => (i === 3 || (i >= 50 && i < 60) ? Number.NaN : wave(i)),
    ['missing: 50-60, 3-4 (11)'],
  ],
];

test.each(FAULTS)('%s', (_, value, expected) => {
  expect(found(made(value))).toEqual(expected);
});

const SOUND: readonly (readonly [string, (i: number) => number])[] = [
  ['a wave', wave],
  ['the sun, which is 0 each night', (i) => (i % 24 < 12 ? 0 : 100 * Math.sin((i % 12) / 4) + (i % 7))],
  ['rain, mostly 0', (i) => ((i * 7919) % 11 === 0 ? ((i * 31) % 97) / 10 : 0)],
  ['rain with two dry summers', (i) => (i % 500 < 60 || (i * 7919) % 11 < 6 ? 0 : ((i * 31) % 97) / 10)],
  ['a random walk of steps', (i) => Math.floor(i / 40)],
  ['growth by a thousand over the years', (i) => 1.007 ** i],
  ['a price that doubles', (i) => (i >= 500 ? 2 : 1) * wave(i)],
  ['a trend that begins near 0', (i) => Math.sqrt(i / 1000) + 0.01 * Math.sin(i)],
  ['two states', (i) => (Math.floor(i / 50) % 2 === 0 ? 1 : 2)],
];

test.each(SOUND)('nothing in %s', (_, value) => {
  expect(found(made(value))).toEqual([]);
});

test('of a long series some values stand for all, and each fault is found at its rows', () => {
  const rows = 400_000;
  const from = (id: string, value: (i: number) => number) =>
    COLUMN_CHECKS.find((check) => check.id === id)?.find(made(value, rows))?.spans;
  const sized = (i: number) => (i >= 250_001 ? 1_000 : 1) * wave(i);
  expect(from('unit-drift', sized)).toEqual([{ from: 250_001, to: rows }]);
  expect(from('spikes', (i) => (i === 123_456 ? 900 : wave(i)))).toMatchObject([{ from: 123_456 }]);
  const stuck = (i: number) => (i >= 7_000 && i < 9_000 ? 23.25 : wave(i));
  expect(from('stuck', stuck)).toMatchObject([{ from: 7_000, to: 9_000 }]);
  // Nights are zero: no distance between the looked at values meets them all.
  expect(found(made((i) => (i % 24 < 12 ? 0 : 100 * Math.sin((i % 12) / 4) + (i % 7)), rows))).toEqual([]);
});

test('short series give no error', () => {
  for (const rows of [0, 1, 2, 3]) expect(found(made(wave, rows))).toEqual([]);
});

test('the remedy of another unit gives the unit before', () => {
  const check = COLUMN_CHECKS.find(({ id }) => id === 'unit-drift');
  const symptom = check?.find(made((i) => (i >= 610 ? 1_000 : 1) * wave(i)));
  expect(symptom?.remedy?.options).toEqual({
    scale: [{ column: 'v', series: 's', fromUs: 610 * HOUR, toUs: 999 * HOUR, factor: 0.001 }],
  });
});
