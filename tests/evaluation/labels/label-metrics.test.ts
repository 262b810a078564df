// Metrics of several labels a sample, and the baselines of numbers, against scikit-learn (tests/golden/labels/label-metrics.py), and edges.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LABEL_METRICS } from '../../../engine/evaluation/labels/label-metrics.ts';
import {
  bestThresholds,
  labelFigures,
  type ScoredLabels,
} from '../../../engine/evaluation/labels/scored-labels.ts';
import { fitRidge } from '../../../engine/evaluation/values/ridge.ts';
import { VALUE_METRICS, valueScore } from '../../../engine/evaluation/values/value-metrics.ts';

interface Golden {
  readonly cases: readonly {
    readonly labels: number;
    readonly truth: readonly number[];
    readonly probabilities: readonly number[];
    readonly thresholds: readonly number[];
    readonly metrics: Readonly<Record<string, number>>;
  }[];
  readonly ridge: {
    readonly x: readonly (readonly number[])[];
    readonly y: readonly number[];
    readonly penalty: number;
    readonly answers: readonly number[];
    readonly r2: number;
  };
}

const GOLDEN = new URL('../../golden/labels/label-metrics.json', import.meta.url);
const { cases, ridge } = JSON.parse(readFileSync(GOLDEN, 'utf8')) as Golden;

const scoredOf = ({ labels, truth, probabilities, thresholds }: Golden['cases'][number]): ScoredLabels => ({
  count: truth.length / labels,
  labels,
  thresholds,
  truth: Float64Array.from(truth),
  probabilities: Float64Array.from(probabilities),
});

test.each(cases.map((one, index) => [index, one] as const))('every metric of case %i', (_index, one) => {
  expect(Object.keys(one.metrics)).toEqual(LABEL_METRICS.map(({ name }) => name));
  for (const { name, value } of LABEL_METRICS)
    expect(Math.abs(value(scoredOf(one)) - one.metrics[name]!), name).toBeLessThanOrEqual(1e-9);
});

test('ridge regression answers as the one of scikit-learn, and R² is the same', () => {
  const rows = ridge.x.map((values) => ({
    columns: Int32Array.from(values.keys()),
    values: Float64Array.from(values),
  }));
  const answer = fitRidge({ columns: 5, rows }, Float64Array.from(ridge.y), ridge.penalty);
  const answers = rows.map(answer);
  for (const [row, wanted] of ridge.answers.entries()) expect(answers[row]).toBeCloseTo(wanted, 9);
  const r2 = VALUE_METRICS.find(({ name }) => name === 'r2')!;
  expect(valueScore(r2, { truth: ridge.y, answers })).toBeCloseTo(ridge.r2, 9);
});

test('the threshold of a label is the one of its best F1; without samples of it, or without others, it is 0.5', () => {
  const scored: ScoredLabels = {
    count: 4,
    labels: 3,
    thresholds: [0.5, 0.5, 0.5],
    truth: Float64Array.from([1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1]),
    probabilities: Float64Array.from([0.4, 0.9, 0.9, 0.3, 0.9, 0.9, 0.1, 0.9, 0.9, 0.05, 0.9, 0.9]),
  };
  const thresholds = bestThresholds(scored);
  expect(thresholds).toEqual([expect.closeTo(0.2, 12), 0.5, 0.5]);
  const [first, second] = labelFigures({ ...scored, thresholds });
  expect(first).toMatchObject({ samples: 2, hits: 2, falseAlarms: 0, f1: 1 });
  expect(second).toMatchObject({ samples: 0, hits: 0, falseAlarms: 4, f1: 0 });
});
