// The analyses of the explorer against statsmodels and scipy (tests/golden/explore/make.py), and what they say of made series.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { UnitRoot } from '../../../engine/contract/datasets/explore.ts';
import type { Explored } from '../../../engine/data/explore/analysis.ts';
import { categories } from '../../../engine/data/explore/categories.ts';
import { correlation, pearson } from '../../../engine/data/explore/correlation.ts';
import {
  autocorrelations,
  correlogram,
  partialAutocorrelations,
} from '../../../engine/data/explore/correlogram.ts';
import { periodogram, powerOf } from '../../../engine/data/explore/periodogram.ts';
import { profiles } from '../../../engine/data/explore/profiles.ts';
import { ANALYSES } from '../../../engine/data/explore/registry.ts';
import { scatter } from '../../../engine/data/explore/scatter.ts';
import { adf, kpss, stationarity } from '../../../engine/data/explore/stationarity.ts';

interface Golden {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly acf: readonly number[];
  readonly pacf?: readonly number[];
  readonly power?: readonly number[];
  readonly adf?: UnitRoot;
  readonly kpss?: UnitRoot;
}

const path = join(import.meta.dirname, '../../golden/explore/golden.json');
const GOLDEN = JSON.parse(readFileSync(path, 'utf8')) as readonly Golden[];
const valuesOf = ({ values }: Golden) => Float64Array.from(values, (value) => value ?? Number.NaN);

function expectClose(found: readonly number[], golden: readonly number[], tolerance = 1e-9): void {
  expect(found).toHaveLength(golden.length);
  golden.forEach((value, i) => {
    expect(Math.abs(found[i]! - value), `at ${i}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(value)),
    );
  });
}

// A series with gaps has golden autocorrelations alone.
describe.each(GOLDEN)('$name', (golden) => {
  const { acf, pacf, power, adf: unitRoot, kpss: level } = golden;
  test('autocorrelation', () => expectClose(autocorrelations(valuesOf(golden), 48)!, acf));
  if (pacf) test('partial autocorrelation', () => expectClose(partialAutocorrelations(acf), pacf));
  if (power)
    test('power', () => {
      // At 0 there is only what rounding leaves.
      expectClose([...powerOf(valuesOf(golden))].slice(1), power.slice(1));
    });
  if (unitRoot && level)
    test('ADF and KPSS', () => {
      const found = { adf: adf(valuesOf(golden))!, kpss: kpss(valuesOf(golden))! };
      expect([found.adf.lags, found.kpss.lags]).toEqual([unitRoot.lags, level.lags]);
      const statistics = [found.adf.statistic, found.kpss.statistic, found.kpss.p];
      expectClose(statistics, [unitRoot.statistic, level.statistic, level.p], 1e-7);
      expect(found.adf.p).toBeCloseTo(unitRoot.p, 6);
    });
});

const HOUR = 3_600_000_000;
const made = (columns: Readonly<Record<string, (i: number) => number>>, rows = 500): Explored => ({
  times: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i) * BigInt(HOUR)),
  columns: Object.entries(columns).map(([name, value]) => ({
    name,
    values: Float64Array.from({ length: rows }, (_, i) => value(i)),
    categories: [],
  })),
  season: 24,
  stepUs: HOUR,
});
/** A hash of the row, from -1 to 1. */
const noise = (i: number): number => {
  let mixed = Math.imul((i + 1) ^ 0x9e3779b9, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 31 - 1;
};

test('a day of hours shows in the periods, the autocorrelation and the profile', () => {
  const explored = made({ v: (i) => Math.sin((2 * Math.PI * i) / 24) + noise(i) / 10 });
  expect(Math.abs(periodogram.run(explored)[0]!.periods[0]!.rows - 24)).toBeLessThan(0.05);
  expect(correlogram.run(explored)[0]!.acf![24]).toBeGreaterThan(0.85);
  const [hours] = profiles.run(explored)[0]!.profiles;
  expect([hours!.by, hours!.groups.length]).toEqual(['hour', 24]);
  expect(Math.abs(hours!.mean.indexOf(Math.max(...hours!.mean)) - 6)).toBeLessThan(2);
});

test('a column that follows another one by three rows', () => {
  const { matrix, lags, lagged } = correlation.run(made({ a: noise, b: (i) => noise(i - 3) }));
  expect(lags[0]![1]).toBe(3);
  expect(lagged[0]![1]).toBeCloseTo(1, 6);
  expect([matrix[0]![0], Math.abs(matrix[0]![1]!) < 0.3]).toEqual([expect.closeTo(1, 12), true]);
  expect(pearson(Float64Array.of(1, Number.NaN, 3, 4), Float64Array.of(2, 5, 6, 8))).toBeCloseTo(1, 12);
});

test('hours are those of the zone, on either side of a change of the clocks', () => {
  // From 1 January 1970 on, 0 at midnight in Berlin, which is 23:00 UTC in winter and 22:00 in summer (1980 was the first summer time).
  const rows = 24 * 366;
  const start = BigInt(Date.UTC(1980, 0, 1)) * 1000n;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Berlin',
    hour: 'numeric',
    hourCycle: 'h23',
  });
  const times = BigInt64Array.from({ length: rows }, (_, i) => start + BigInt(i) * BigInt(HOUR));
  const values = Float64Array.from(times, (time) => Number(clock.format(Number(time / 1000n))));
  const explored = { ...made({ v: noise }, rows), times, columns: [{ name: 'v', values, categories: [] }] };
  const [local] = profiles.run({ ...explored, timeZone: 'Europe/Berlin' })[0]!.profiles;
  expect(local!.mean).toEqual(Array.from({ length: 24 }, (_, hour) => hour));
  expect(profiles.run(explored)[0]!.profiles[0]!.mean).not.toEqual(local!.mean);
});

test('a scatter pairs the rows that know both, and its line is that of all of them', () => {
  const explored = made({ a: (i) => (i === 3 ? Number.NaN : i), b: (i) => 2 * (i - 5) + 1 }, 9_000);
  const found = scatter.run({ ...explored, lag: 5 })!;
  expect(found).toMatchObject({ columns: ['a', 'b'], lag: 5, pairs: 8_994 });
  expect([found.line!.slope, found.line!.intercept, found.correlation]).toEqual(
    [2, 1, 1].map((v) => expect.closeTo(v, 9)),
  );
  expect(found.x.length).toBeLessThanOrEqual(2_000);
  expect(found.x.every((x, i) => found.y[i] === 2 * x + 1)).toBe(true);
  const own = scatter.run(made({ a: noise }))!;
  expect(own).toMatchObject({ columns: ['a', 'a'], lag: 1, pairs: 499 });
});

test('categories by their number, with the first and the last time', () => {
  const values = Float64Array.of(1, 0, 1, Number.NaN, 1);
  const columns = [{ name: 'w', values, categories: ['rain', 'sun', 'snow'] }];
  const [found] = categories.run({ ...made({ a: noise }, 5), columns });
  expect(found).toMatchObject({ rows: 5, missing: 1, distinct: 2 });
  expect(found!.categories).toEqual([
    { name: 'sun', count: 3, share: 0.75, firstUs: 0, lastUs: 4 * HOUR },
    { name: 'rain', count: 1, share: 0.25, firstUs: HOUR, lastUs: HOUR },
  ]);
});

test('words on whether the level stays', () => {
  let walk = 0;
  const step = (i: number) => {
    walk += noise(i) + 0.2;
    return walk;
  };
  const [stays, wanders, constant] = stationarity.run(made({ a: noise, b: step, c: () => 1 }));
  expect(stays!.words).toContain('keeps its level');
  expect(wanders!.words).toContain('wanders');
  expect(constant!.words).toContain('too few');
});

test('no analysis fails on what is short, constant or missing', () => {
  for (const rows of [0, 1, 2, 7]) {
    for (const analysis of Object.values(ANALYSES))
      analysis.run(made({ a: noise, b: () => 5, c: () => Number.NaN }, rows));
  }
});
