// Which columns walk by shares of their level.
import { expect, test } from 'vitest';
import { addToWalk, createWalk, walksByShares } from '../../../engine/data/import/columns/walks.ts';
import { seedRandomStreams } from '../../../engine/training/random-streams.ts';

const ROWS = 1_000;
const uniform = (seed: number) => {
  const { init } = seedRandomStreams(seed);
  return () => init.uniform();
};

/** In two pieces, as blocks of a file come. */
function walks(values: readonly number[]): boolean {
  const walk = createWalk(values.length);
  const half = values.length >> 1;
  const all = Float64Array.from(values);
  addToWalk(walk, all, { from: 0, to: half, row: 0 });
  addToWalk(walk, all, { from: half, to: all.length, row: half });
  return walksByShares(walk);
}

/** Steps of 2 %, upwards a little more often. */
function prices(seed: number): number[] {
  const next = uniform(seed);
  let price = 100;
  return Array.from({ length: ROWS }, () => (price *= next() < 0.55 ? 1.02 : 1 / 1.02));
}

/** Comes back to its mean: the larger `keeps`, the later. */
function returning(seed: number, keeps: number): number[] {
  const next = uniform(seed);
  let state = 0;
  return Array.from({ length: ROWS }, () => {
    state = keeps * state + next() - 0.5;
    return 2 ** state;
  });
}

const seasonal = Array.from({ length: ROWS }, (_, row) => 100 + 0.1 * row + 60 * Math.sin(row / 4));

test('prices do, in any unit, and with missing values', () => {
  for (const seed of [1, 2, 3]) {
    expect(walks(prices(seed))).toBe(true);
    expect(walks(prices(seed).map((price) => price * 1e-9))).toBe(true);
    expect(walks(prices(seed).map((price, row) => (row % 7 === 3 ? Number.NaN : price)))).toBe(true);
  }
});

test('what has a mean or a season does not, however far it goes', () => {
  for (const seed of [1, 2, 3]) {
    expect(walks(returning(seed, 0.5))).toBe(false);
    expect(walks(returning(seed, 0.95))).toBe(false);
  }
  expect(walks(seasonal)).toBe(false);
});

test('nor what hardly changes its level, is constant, short, or not positive throughout', () => {
  const [first = []] = [prices(1)];
  expect(walks(first.map((price) => price + 10_000))).toBe(false);
  expect(walks(first.map(() => 5))).toBe(false);
  expect(walks(first.slice(0, 30))).toBe(false);
  // Also in the rows that are not judged, since a logarithm must exist.
  expect(walks(first.with(-1, 0))).toBe(false);
  expect(walks([])).toBe(false);
});

test('the last 30 % of the rows decide nothing else', () => {
  const flat = Array.from({ length: ROWS }, (_, row) => (row < 0.7 * ROWS ? 100 + (row % 2) : 100 + row));
  expect(walks(flat)).toBe(false);
  const calmed = prices(1).map((price, row, all) => (row < 0.7 * ROWS ? price : all[0.7 * ROWS]!));
  expect(walks(calmed)).toBe(true);
});
