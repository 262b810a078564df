// The threshold of the best macro-F1 is that of trying every one; decisions, but no probability, go by it.
import { expect, test } from 'vitest';
import { createNumbers } from '../../../engine/data/generated/random.ts';
import { CLASS_METRICS } from '../../../engine/evaluation/classes/class-metrics.ts';
import { type ScoredClasses, saidBy } from '../../../engine/evaluation/classes/scored-classes.ts';
import { bestThreshold } from '../../../engine/evaluation/classes/threshold.ts';

const metric = (name: string) => CLASS_METRICS.find((one) => one.name === name) ?? expect.unreachable();
const macroF1 = metric('macro-f1');

function scoredOf(positives: readonly number[], truth: readonly number[], positive = 1): ScoredClasses {
  const probabilities = positives.flatMap((p) => (positive === 1 ? [1 - p, p] : [p, 1 - p]));
  return {
    count: truth.length,
    classes: 2,
    positive,
    truth: Int32Array.from(truth),
    probabilities: Float64Array.from(probabilities),
  };
}

test.each([1, 2, 3, 4])('no other threshold has a better macro-F1 (samples %i)', (seed) => {
  const { integer } = createNumbers(seed);
  const positive = seed % 2;
  const truth = Array.from({ length: 60 }, () => (integer(4) === 0 ? positive : 1 - positive));
  // Few different probabilities: many are equal.
  const p = truth.map((one) => (integer(8) + (one === positive ? 2 : 0)) / 20);
  const scored = scoredOf(p, truth, positive);
  const threshold = bestThreshold(scored) ?? expect.unreachable();
  const best = macroF1.value({ ...scored, threshold });
  for (let other = 0; other <= 100; other++)
    expect(macroF1.value({ ...scored, threshold: other / 100 })).toBeLessThanOrEqual(best + 1e-12);
  expect(best).toBeGreaterThan(macroF1.value(scored));
});

test('of equally good thresholds the nearest to a half is taken; one class alone has none', () => {
  expect(bestThreshold(scoredOf([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]))).toBe(0.5);
  expect(bestThreshold(scoredOf([0.1, 0.2, 0.3, 0.4], [0, 0, 1, 1]))).toBeCloseTo(0.25);
  expect(bestThreshold(scoredOf([0.1, 0.9], [1, 1]))).toBeUndefined();
  expect(bestThreshold({ ...scoredOf([0.1, 0.9], [0, 1]), classes: 3 })).toBeUndefined();
});

test('what is said goes by the threshold, and scores of probabilities do not', () => {
  const scored = scoredOf([0.2, 0.3, 0.6, 0.9], [0, 1, 1, 1]);
  expect([...saidBy(scored)]).toEqual([0, 0, 1, 1]);
  expect([...saidBy({ ...scored, threshold: 0.25 })]).toEqual([0, 1, 1, 1]);
  expect([...saidBy({ ...scored, threshold: 0.6 })]).toEqual([0, 0, 1, 1]);
  for (const { name, value, isOfDecisions = false } of CLASS_METRICS) {
    const isMoved = value({ ...scored, threshold: 0.25 }) !== value(scored);
    expect(isMoved, name).toBe(isOfDecisions);
  }
});
