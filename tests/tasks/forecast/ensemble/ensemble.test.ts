// Ensembles: how forecasts become one, the shares that validation chooses, and scores of the test part that are those of a run.
import { describe, expect, test } from 'vitest';
import { createScoreKeeper } from '../../../../engine/evaluation/score-keeper.ts';
import { combine } from '../../../../engine/tasks/forecast/ensemble/combine.ts';
import { ensembleOf } from '../../../../engine/tasks/forecast/ensemble/ensemble.ts';
import { leastSquaresShares } from '../../../../engine/tasks/forecast/ensemble/weights.ts';
import { prepareForecast } from '../../../../engine/tasks/forecast/preparation/prepare.ts';
import type { ScoredPart } from '../../../../engine/tasks/task-kind.ts';
import { makeExperiment, makeRandom, makeSeries, wave } from '../../../data/made-series.ts';

const arrays = (...rows: readonly (readonly number[])[]) => rows.map((row) => Float64Array.from(row));

test('mean, median and shares of each cell', () => {
  const three = arrays([1, 10], [2, 40], [9, 10]);
  const even = [1 / 3, 1 / 3, 1 / 3];
  expect(combine(three, 'mean', even)[0]).toBeCloseTo(4, 12);
  expect([...combine(three, 'median', even)]).toEqual([2, 10]);
  expect([...combine(three.slice(0, 2), 'median', even)]).toEqual([1.5, 25]);
  expect([...combine(three, 'weights', [0.5, 0, 0.5])]).toEqual([5, 10]);
});

describe('shares', () => {
  test('of independent errors are in proportion to one over their squares', () => {
    const [one, two] = leastSquaresShares(arrays([1, 1, -1, -1], [2, -2, 2, -2]));
    expect(one).toBeCloseTo(0.8, 6);
    expect(two).toBeCloseTo(0.2, 6);
  });

  test('leave out a model that adds nothing, and are even between equals', () => {
    expect(leastSquaresShares(arrays([1, -1, 1], [3, -3, 3]))).toEqual([1, 0]);
    const equal = leastSquaresShares(arrays([1, -1, 2], [1, -1, 2]));
    expect(equal[0]).toBeCloseTo(0.5, 3);
  });

  test('no other shares make a smaller error', () => {
    const random = makeRandom(8);
    const errors = Array.from({ length: 4 }, (_, member) =>
      Float64Array.from({ length: 50 }, () => random() - 0.4 + 0.1 * member),
    );
    const errorOf = (shares: readonly number[]): number =>
      combine(errors, 'weights', shares).reduce((sum, value) => sum + value * value, 0);
    const shares = leastSquaresShares(errors);
    expect(shares.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    for (let trial = 0; trial < 500; trial += 1) {
      const other = Array.from({ length: 4 }, () => random() ** 3);
      const sum = other.reduce((total, value) => total + value, 0);
      expect(errorOf(other.map((value) => value / sum))).toBeGreaterThanOrEqual(errorOf(shares) - 1e-6);
    }
  });
});

const experiment = makeExperiment({
  targets: ['y'],
  metrics: ['mae', 'mse', 'crps'],
  intervals: 'conformal',
});
const prepared = prepareForecast(experiment, [makeSeries({ y: wave(400) })], 'made');

/** Forecasts that are wrong by that much, in each part. */
function member(
  runId: number,
  wrong: Readonly<Record<ScoredPart, (cell: number) => number>>,
  given = prepared,
) {
  const partOf = (part: ScoredPart) => {
    const { series, origin, count } = given.windows[part];
    const cells = given.horizon;
    const values = Float64Array.from({ length: count * cells }, (_, cell) => {
      const window = Math.floor(cell / cells);
      const row = origin[window]! + 1 + (cell % cells);
      return given.series[series[window]!]!.actuals[0]![row]! + wrong[part](cell);
    });
    return { experiment, prepared: given, part, values, quantiles: null, baselines: [] };
  };
  return { runId, test: partOf('test'), validation: partOf('validation') };
}

const always = (error: number) => ({ validation: () => error, test: () => error });

describe('an ensemble', () => {
  test('is scored on the test part as a run is, by the metrics of values', () => {
    const members = [member(1, always(1)), member(2, always(-3))];
    const { scores, values, windows, weights } = ensembleOf(members, 'mean');
    expect(weights).toEqual([0.5, 0.5]);
    expect(windows).toBe(prepared.windows.test.count);
    expect(scores.map(({ subject, metric }) => `${subject} ${metric}`)).toEqual([
      'ensemble mae',
      'ensemble mse',
      'run 1 mae',
      'run 1 mse',
      'run 2 mae',
      'run 2 mse',
    ]);
    for (const [index, expected] of [1, 1, 1, 1, 3, 9].entries())
      expect(scores[index]!.value).toBeCloseTo(expected, 9);
    const keeper = createScoreKeeper(prepared, 'test', experiment.evaluation, {
      ...experiment.task,
      metrics: ['mae'],
    });
    keeper.add([...Array(windows).keys()], values);
    expect(keeper.finish('x')[0]!.value).toBe(scores[0]!.value);
  });

  test('chooses its shares by the validation part: what is best on the test part has no say', () => {
    const liar = member(1, { validation: () => 5, test: () => 0 });
    const honest = member(2, { validation: (cell) => (cell % 2 === 0 ? 1 : -1), test: () => 2 });
    const { weights, scores } = ensembleOf([liar, honest], 'weights');
    expect(weights![1]).toBeGreaterThan(0.9);
    expect(scores[0]!.value).toBeGreaterThan(1.8);
  });

  test('of runs with other test windows is refused', () => {
    const shorter = prepareForecast(experiment, [makeSeries({ y: wave(380) })], 'made');
    expect(() => ensembleOf([member(1, always(1)), member(2, always(1), shorter)], 'mean')).toThrow(
      'Run 2 is tested on other origins than the first run',
    );
  });
});
