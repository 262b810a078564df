import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Dimension, DimensionSchema, type Values } from '../../engine/contract/studies/search.ts';
import { complementaryErrorFunction, truncatedNormalQuantile } from '../../engine/numerics/normal.ts';
import { parzenOf } from '../../engine/search/parzen.ts';
import { seedRandomStream } from '../../engine/training/random-streams.ts';

type Column = readonly (number | string)[];
interface Case {
  readonly names: readonly string[];
  readonly observed: Readonly<Record<string, Column>>;
  readonly asked: Readonly<Record<string, Column>>;
  readonly logDensity: readonly number[];
}
const golden = JSON.parse(readFileSync(new URL('../golden/search/parzen.json', import.meta.url), 'utf8')) as {
  dimensions: Record<string, unknown>;
  cases: Case[];
};

const dimensions = new Map<string, Dimension>(
  Object.entries(golden.dimensions).map(([name, dimension]) => [name, DimensionSchema.parse(dimension)]),
);
const groupOf = (names: readonly string[]) =>
  names.map((name) => ({ path: name, dimension: dimensions.get(name)! }));
const rows = (columns: Case['observed'], names: readonly string[]): Values[] =>
  columns[names[0]!]!.map((_, row) => Object.fromEntries(names.map((name) => [name, columns[name]![row]!])));

describe('the densities equal those of Optuna', () => {
  test.each(golden.cases.map((one) => ({ ...one, count: Object.values(one.observed)[0]!.length })))(
    '$names, $count observations',
    ({ names, observed, asked, logDensity }) => {
      const parzen = parzenOf(groupOf(names), rows(observed, names));
      for (const [index, values] of rows(asked, names).entries()) {
        const expected = logDensity[index]!;
        const error = Math.abs(parzen.logDensity(values) - expected);
        expect(error, JSON.stringify(values)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));
      }
    },
  );
});

test('probabilities of stepped and chosen values sum to 1', () => {
  const sums = ['int', 'int-step', 'log-int', 'step', 'categorical'].map((name) => {
    const { observed } = golden.cases.find((one) => one.names.length === 1 && one.names[0] === name)!;
    const parzen = parzenOf(groupOf([name]), rows(observed, [name]));
    const dimension = dimensions.get(name)!;
    const values =
      dimension.kind === 'categorical'
        ? dimension.values
        : Array.from({ length: 300 }, (_, index) => {
            const step = 'step' in dimension ? dimension.step : 1;
            return Number((dimension.min + index * step).toPrecision(12));
          }).filter((value) => value <= dimension.max);
    return values.reduce<number>((sum, value) => sum + Math.exp(parzen.logDensity({ [name]: value })), 0);
  });
  for (const sum of sums) expect(sum).toBeCloseTo(1, 9);
});

test('samples follow the density', () => {
  const observed = [2, 2, 3, 11].map((value) => ({ int: value }));
  const parzen = parzenOf(groupOf(['int']), observed);
  const stream = seedRandomStream(1, 'samples');
  const counts = new Map<number, number>();
  for (let draw = 0; draw < 20_000; draw++) {
    const value = Number(parzen.sample(stream).int);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  for (let value = 2; value <= 12; value++) {
    const share = (counts.get(value) ?? 0) / 20_000;
    expect(share).toBeCloseTo(Math.exp(parzen.logDensity({ int: value })), 1.7);
  }
});

test('the complementary error function keeps its digits in every part', () => {
  // Of mpmath.
  const known: readonly (readonly [number, number])[] = [
    [0.5, 0.4795001221869535],
    [1, 0.15729920705028513],
    [2, 0.004677734981047265],
    [4, 1.541725790028002e-8],
    [10, 2.088487583762545e-45],
    [-1, 1.8427007929497148],
  ];
  for (const [x, expected] of known) {
    expect(Math.abs(complementaryErrorFunction(x) / expected - 1)).toBeLessThan(2e-15);
  }
  expect(complementaryErrorFunction(30)).toBe(0);
  expect(truncatedNormalQuantile(0.5, -3, 3)).toBeCloseTo(0, 12);
  expect(truncatedNormalQuantile(0, -3, 2)).toBeCloseTo(-3, 9);
});
