// STL against statsmodels (tests/golden/explore/make-stl.py), and what the decomposition says of made series.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bridged, decomposition } from '../../../engine/data/explore/decomposition.ts';
import { stl } from '../../../engine/data/explore/stl.ts';

interface Golden {
  readonly period: number;
  readonly values: readonly number[];
  readonly trend: readonly number[];
  readonly seasonal: readonly number[];
  readonly residual: readonly number[];
}

const path = join(import.meta.dirname, '../../golden/explore/stl.json');
const GOLDEN = JSON.parse(readFileSync(path, 'utf8')) as readonly Golden[];

test.each(GOLDEN)('a cycle of $period rows', ({ period, values, ...golden }) => {
  const found = stl(Float64Array.from(values), period);
  for (const part of ['trend', 'seasonal', 'residual'] as const) {
    const distances = golden[part].map((value, row) => Math.abs(value - found[part][row]!));
    expect(Math.max(...distances), part).toBeLessThan(1e-8);
  }
});

const explored = (values: readonly number[], season: number | null) => ({
  times: BigInt64Array.from(values, (_, i) => BigInt(i) * 3_600_000_000n),
  columns: [{ name: 'v', values: Float64Array.from(values), categories: [] }],
  season,
  stepUs: 3_600_000_000,
});
const wave = (rows: number) =>
  Array.from({ length: rows }, (_, i) => i / 100 + Math.sin((2 * Math.PI * i) / 24));

test('a trend and a season are strong, bridged values are counted, parts add up', () => {
  const values = wave(240).map((value, i) => (i === 50 ? Number.NaN : value));
  const [found] = decomposition.run(explored(values, 24));
  expect(found).toMatchObject({ period: 24, rows: 240, missing: 1 });
  expect(Math.min(found!.strength!.trend, found!.strength!.seasonal)).toBeGreaterThan(0.95);
  const [observed, trend, seasonal, residual] = found!.parts.map(({ mean }) => mean[100]!);
  expect(trend! + seasonal! + residual!).toBeCloseTo(observed!, 10);
  expect(found!.times[100]).toBe(100 * 3_600_000_000);
});

test('without two cycles there is none; a period that was asked for goes before the season', () => {
  expect(decomposition.run(explored(wave(40), 24))[0]).toMatchObject({ rows: 0, strength: null });
  expect(decomposition.run(explored(wave(40), null))[0]).toMatchObject({ period: 0, rows: 0 });
  expect(decomposition.run({ ...explored(wave(40), 24), period: 12 })[0]).toMatchObject({
    period: 12,
    rows: 40,
  });
});

test('missing values lie on the line between their neighbours, at an end on the nearest value', () => {
  const { NaN: none } = Number;
  expect([...bridged(Float64Array.of(none, 1, none, none, 4, none))]).toEqual([1, 1, 2, 3, 4, 4]);
});
