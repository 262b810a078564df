// What other seeds say about a run.
import { expect, test } from 'vitest';
import { CATALOGUE } from '../../engine/evaluation/catalogue.ts';
import { type SeededRun, seedRemark } from '../../engine/words/scores/seed-remark.ts';

const run = (seed: number, testScore: number | null, more: Partial<SeededRun> = {}): SeededRun => ({
  seed,
  testScore,
  testMetric: 'mae',
  testUnit: 'original',
  fingerprint: 'p',
  bestBaseline: 'repeat',
  bestBaselineScore: 10,
  ...more,
});
const remark = (first: SeededRun, ...others: SeededRun[]) =>
  seedRemark(first, [first, ...others], { number: (value) => value.toFixed(1), catalogue: CATALOGUE });

test('a lead that another seed undoes is within the spread', () => {
  expect(remark(run(1, 9.5), run(2, 10.5))).toBe(
    'With 2 seeds the test MAE is 10.0 ± 0.7: the difference from the baseline repeat is within the spread of the seeds.',
  );
});

test('a lead beyond it is said to be larger, a loss too', () => {
  expect(remark(run(1, 8), run(2, 8.5))).toMatch(/larger than the spread of the seeds\.$/);
  expect(remark(run(1, 14), run(2, 14.5))).toMatch(/larger than the spread/);
});

test('nothing is said without a second seed of the same protocol, metric and unit that has a score', () => {
  expect(remark(run(1, 9))).toBeNull();
  expect(remark(run(1, 9), run(1, 9))).toBeNull();
  expect(remark(run(1, 9), run(2, 10, { fingerprint: 'q' }))).toBeNull();
  expect(remark(run(1, 9), run(2, 10, { testMetric: 'rmse' }))).toBeNull();
  expect(remark(run(1, 9), run(2, 10, { testUnit: 'standardized' }))).toBeNull();
  expect(remark(run(1, 9), run(2, Number.NaN))).toBeNull();
  expect(remark(run(1, null), run(2, 9), run(3, 10))).toBeNull();
});

test('without a baseline the spread alone is said', () => {
  expect(remark(run(1, 9, { bestBaseline: null, bestBaselineScore: null }), run(2, 11))).toBe(
    'With 2 seeds the test MAE is 10.0 ± 1.4.',
  );
});
