// Metrics of classifiers and logistic regression against scikit-learn (tests/golden/classes/class-metrics.py), edges, and intervals.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fitLogisticRegression } from '../../../engine/evaluation/classes/baselines/logistic-regression.ts';
import { intervalsOf } from '../../../engine/evaluation/classes/bootstrap.ts';
import { CLASS_METRICS } from '../../../engine/evaluation/classes/class-metrics.ts';
import { curvesOf } from '../../../engine/evaluation/classes/curves.ts';
import { rocArea } from '../../../engine/evaluation/classes/ranking.ts';
import {
  confusionOf,
  figuresOf,
  type ScoredClasses,
  saidBy,
} from '../../../engine/evaluation/classes/scored-classes.ts';

interface Golden {
  readonly cases: readonly {
    readonly classes: number;
    readonly positive: number;
    readonly truth: readonly number[];
    readonly probabilities: readonly number[];
    readonly metrics: Readonly<Record<string, number>>;
    readonly precision: readonly (number | null)[];
    readonly recall: readonly (number | null)[];
  }[];
  readonly regression: {
    readonly x: readonly (readonly number[])[];
    readonly y: readonly number[];
    readonly strength: number;
    readonly probabilities: readonly (readonly number[])[];
  };
}

const GOLDEN = new URL('../../golden/classes/class-metrics.json', import.meta.url);
const { cases, regression } = JSON.parse(readFileSync(GOLDEN, 'utf8')) as Golden;

function scoredOf({ classes, positive, truth, probabilities }: Golden['cases'][number]): ScoredClasses {
  return {
    count: truth.length,
    classes,
    positive,
    truth: Int32Array.from(truth),
    probabilities: Float64Array.from(probabilities),
  };
}

test.each(cases.map((one, index) => [index, one] as const))('every metric of case %i', (_index, one) => {
  const scored = scoredOf(one);
  expect(Object.keys(one.metrics)).toEqual(CLASS_METRICS.map(({ name }) => name));
  for (const metric of CLASS_METRICS) {
    const wanted = one.metrics[metric.name]!;
    expect(Math.abs(metric.value(scored) - wanted), metric.name).toBeLessThanOrEqual(1e-9 * (1 + wanted));
  }
  const figures = figuresOf(confusionOf(scored, saidBy(scored)), scored.classes);
  for (const [index, { precision, recall }] of figures.entries()) {
    expect(precision).toBeCloseTo(one.precision[index] ?? Number.NaN, 12);
    expect(recall).toBeCloseTo(one.recall[index] ?? Number.NaN, 12);
  }
});

test('a class that never occurs counts 0 in macro-F1 and is left out of recall and ranking', () => {
  const scored: ScoredClasses = {
    count: 2,
    classes: 3,
    positive: 1,
    truth: Int32Array.of(0, 1),
    probabilities: Float64Array.of(0.8, 0.1, 0.1, 0.2, 0.7, 0.1),
  };
  const scoreBy = (name: string) => CLASS_METRICS.find((metric) => metric.name === name)!.value(scored);
  expect(scoreBy('macro-f1')).toBeCloseTo(2 / 3, 15);
  expect(scoreBy('balanced-accuracy')).toBe(1);
  expect(scoreBy('roc-auc')).toBe(1);
  expect(rocArea(Float64Array.of(1, 2), () => true)).toBeNaN();
  expect(rocArea(Float64Array.of(1, 1, 1), (row) => row === 0)).toBe(0.5);
});

test('logistic regression reaches the optimum that scikit-learn finds', () => {
  const rows = regression.x.map((values) => {
    const columns = Int32Array.from(values.keys()).filter((column) => values[column] !== 0);
    return { columns, values: Float64Array.from(columns, (column) => values[column]!) };
  });
  const table = { columns: 4, rows };
  const labels = Int32Array.from(regression.y);
  const answer = fitLogisticRegression({ table, labels, classes: 3 }, regression.strength);
  for (const [index, row] of rows.entries()) {
    const wanted = regression.probabilities[index]!;
    for (const [one, p] of answer(row).entries()) expect(Math.abs(p - wanted[one]!)).toBeLessThan(2e-4);
  }
});

test('an interval holds the score, is the same again, and is wider where groups are drawn whole', () => {
  const scored = scoredOf(cases[1]!);
  const [accuracy] = CLASS_METRICS;
  const value = accuracy!.value(scored);
  const single = intervalsOf(scored, [accuracy!], [])[0]!;
  expect(single.low).toBeLessThan(value);
  expect(single.high).toBeGreaterThan(value);
  expect(intervalsOf(scored, [accuracy!], [])[0]).toEqual(single);
  const said = saidBy(scored);
  const groups = Array.from(said, (one, row) => (one === scored.truth[row] ? `right ${row % 3}` : 'wrong'));
  const whole = intervalsOf(scored, [accuracy!], groups)[0]!;
  expect(whole.high - whole.low).toBeGreaterThan(single.high - single.low);
});

test('the area below the points of the ROC curve is the ROC area, also where probabilities are equal', () => {
  const truth = Int32Array.from({ length: 90 }, (_, row) => ((row * 7) % 5 < 2 ? 1 : 0));
  const p = Float64Array.from(
    truth,
    (label, row) => Math.round(10 * (0.3 * label + ((row * 13) % 29) / 45)) / 10,
  );
  const probabilities = Float64Array.from({ length: 180 }, (_, at) =>
    at % 2 ? p[at >> 1]! : 1 - p[at >> 1]!,
  );
  const [curve] = curvesOf({ count: 90, classes: 2, positive: 1, truth, probabilities });
  const { falseAlarms, found, precision, ...summary } = curve ?? expect.unreachable();
  const area = found.reduce(
    (sum, y, at) =>
      sum + (at === 0 ? 0 : ((falseAlarms[at]! - falseAlarms[at - 1]!) * (y + found[at - 1]!)) / 2),
    0,
  );
  expect(area).toBeCloseTo(
    rocArea(p, (row) => truth[row] === 1),
    12,
  );
  const steps = found.slice(1).map((y, at) => (y - found[at]!) * precision[at + 1]!);
  expect(summary.area).toBeCloseTo(area, 12);
  expect(summary.averagePrecision).toBeCloseTo(
    steps.reduce((sum, step) => sum + step, 0),
    12,
  );
});
