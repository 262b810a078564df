// Scores against a naive reimplementation, and the rules for which cells count.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ForecastExperiment } from '../../engine/contract/tasks/forecast-experiment.ts';
import type { PreparedForecast } from '../../engine/data/prepared.ts';
import { createScoreKeeper, type ScoredPart } from '../../engine/evaluation/score-keeper.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { makeExperiment, makeRandom, makeSeries, wave } from '../data/made-series.ts';

const HORIZON = 3;

function prepareRandom(
  seed: number,
  evaluation: object,
): { experiment: ForecastExperiment; prepared: PreparedForecast } {
  const random = makeRandom(seed);
  const series = [0, 1].map((index) => {
    const holed = (values: number[]) => values.map((value, row) => (row > 4 && random() < 0.2 ? NaN : value));
    const columns = { y: holed(wave(60, seed + index)), z: holed(wave(60, seed + 9)), x: wave(60) };
    return makeSeries(columns, { name: `s${index}` });
  });
  const task = { targets: ['y', 'z'], features: ['x'], horizon: HORIZON };
  const experiment = makeExperiment(task, { evaluation });
  return { experiment, prepared: prepareForecast(experiment, series, 'made') };
}

function forecastsFor(count: number, seed: number): Float64Array {
  const random = makeRandom(seed);
  return Float64Array.from({ length: count * HORIZON * 2 }, () => 8 + 6 * random());
}

/** Errors of known cells as a flat list, found from the series alone. */
function naiveErrors(prepared: PreparedForecast, part: ScoredPart, forecasts: Float64Array, scored: number) {
  const set = prepared.windows[part];
  const errors: { target: number; step: number; error: number; scaled: number }[] = [];
  for (let index = 0; index < scored; index += 1) {
    const series = prepared.series[set.series[index]!]!;
    for (let step = 0; step < HORIZON; step += 1) {
      for (let target = 0; target < 2; target += 1) {
        const actual = series.actuals[target]![set.origin[index]! + 1 + step]!;
        if (Number.isNaN(actual)) continue;
        const training = Array.from(series.actuals[target]!.subarray(0, 42)).filter((v) => !Number.isNaN(v));
        const mean = training.reduce((sum, v) => sum + v, 0) / training.length;
        const std = Math.sqrt(training.reduce((sum, v) => sum + (v - mean) ** 2, 0) / training.length);
        const forecast = forecasts[(index * HORIZON + step) * 2 + target]!;
        const scaled = (forecast - mean) / std - (actual - mean) / std;
        errors.push({ target, step, error: forecast - actual, scaled });
      }
    }
  }
  return errors;
}

function naiveScores(errors: readonly number[]): Record<string, number> {
  const mse = errors.reduce((sum, error) => sum + error * error, 0) / errors.length;
  const mae = errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
  return { mae, mse, rmse: Math.sqrt(mse) };
}

describe.each(['original', 'standardized'] as const)('unit %s', (scale) => {
  test('scores equal a naive reimplementation', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom('validation', 'test'), (seed, part) => {
        const { experiment, prepared } = prepareRandom(seed, { scale });
        const { count } = prepared.windows[part];
        const forecasts = forecastsFor(count, seed);
        const keeper = createScoreKeeper(prepared, part, experiment.evaluation, experiment.task);
        keeper.add(
          Array.from({ length: count }, (_, index) => index),
          forecasts,
        );
        const errors = naiveErrors(prepared, part, forecasts, count);
        const value = (one: (typeof errors)[number]) => (scale === 'original' ? one.error : one.scaled);
        for (const score of keeper.finish('model')) {
          expect(score).toMatchObject({ part, subject: 'model', unit: scale });
          const own = errors.filter(
            (one) => score.target === null || ['y', 'z'][one.target] === score.target,
          );
          expect(score.count).toBe(own.length);
          expect(score.value).toBeCloseTo(naiveScores(own.map(value))[score.metric]!, 9);
        }
        for (const [step, { count: known, values }] of keeper.byHorizon().entries()) {
          const own = errors.filter((one) => one.step === step);
          expect(known).toBe(own.length);
          const expected = naiveScores(own.map(value));
          for (const metric of ['mae', 'mse', 'rmse'])
            expect(values[metric]).toBeCloseTo(expected[metric]!, 9);
        }
      }),
      { numRuns: 30, seed: 6 },
    );
  });
});

test('each metric of the task, over all targets and for each', () => {
  const { experiment, prepared } = prepareRandom(1, {});
  const keeper = createScoreKeeper(prepared, 'test', experiment.evaluation, experiment.task);
  const rows = keeper.finish('model').map((score) => [score.metric, score.target]);
  expect(rows).toEqual(['mae', 'rmse', 'mse'].flatMap((metric) => [null, 'y', 'z'].map((t) => [metric, t])));
});

test('a single target has one row for each metric', () => {
  const experiment = makeExperiment();
  const prepared = prepareForecast(experiment, [makeSeries({ y: wave(60) })], 'made');
  const keeper = createScoreKeeper(prepared, 'test', experiment.evaluation, experiment.task);
  expect(keeper.finish('model').map((score) => score.target)).toEqual([null, null, null]);
});

describe('a series that is constant in training', () => {
  const constant = (value: number) => wave(60).map((other, row) => (row < 42 ? value : other));
  const scored = (series: readonly ReturnType<typeof makeSeries>[], targets: readonly string[]) => {
    const evaluation = { scale: 'standardized' };
    const experiment = makeExperiment({ horizon: 1, targets }, { evaluation });
    const prepared = prepareForecast(experiment, series, 'made');
    const keeper = createScoreKeeper(prepared, 'test', experiment.evaluation, experiment.task);
    const { count } = prepared.windows.test;
    const windows = Array.from({ length: count }, (_, index) => index);
    keeper.add(windows, new Float64Array(count * targets.length));
    return { scores: keeper.finish('model'), prepared };
  };

  test('has no standardized score, so the other series alone count', () => {
    const varying = makeSeries({ y: wave(60) }, { name: 'a' });
    const alone = scored([varying], ['y']);
    const both = scored([varying, makeSeries({ y: constant(0) }, { name: 'b' })], ['y']);
    expect(both.scores).toEqual(alone.scores);
    expect(both.prepared.notes.join()).toContain(
      '"b" is constant in the training part: there is nothing to learn from, and its standardized score is left out.',
    );
  });

  test('as a target of its own has no row of scores', () => {
    const { scores } = scored([makeSeries({ y: wave(60), z: constant(3) })], ['y', 'z']);
    expect([...new Set(scores.map(({ target }) => target))]).toEqual([null, 'y']);
    expect(scores.every(({ value }) => Number.isFinite(value))).toBe(true);
  });
});

test('nothing added: NaN and a count of 0', () => {
  const { experiment, prepared } = prepareRandom(1, {});
  const keeper = createScoreKeeper(prepared, 'test', experiment.evaluation, experiment.task);
  for (const score of keeper.finish('model')) expect(score).toMatchObject({ value: NaN, count: 0 });
});

test('an infinite or NaN forecast shows in the score, unless its cell is masked', () => {
  const { experiment, prepared } = prepareRandom(1, {});
  const { count } = prepared.windows.test;
  const all = Array.from({ length: count }, (_, index) => index);
  const errors = naiveErrors(prepared, 'test', forecastsFor(count, 1), count);
  expect(errors.length).toBeLessThan(count * HORIZON * 2);
  for (const bad of [Infinity, NaN]) {
    const forecasts = forecastsFor(count, 1);
    const keeper = createScoreKeeper(prepared, 'test', experiment.evaluation, experiment.task);
    const set = prepared.windows.test;
    // Every masked cell is bad: the scores stay finite.
    forecasts.forEach((_, cell) => {
      const index = Math.floor(cell / (HORIZON * 2));
      const row = set.origin[index]! + 1 + (Math.floor(cell / 2) % HORIZON);
      const actual = prepared.series[set.series[index]!]!.actuals[cell % 2]![row]!;
      if (Number.isNaN(actual)) forecasts[cell] = bad;
    });
    keeper.add(all, forecasts);
    for (const score of keeper.finish('model')) expect(score.value).toBeLessThan(100);
    forecasts.fill(bad);
    keeper.add(all, forecasts);
    expect(keeper.finish('model')[0]!.value).toBe(bad);
  }
});

describe('dropPartialBatchOf', () => {
  test('leaves out the last partial batch of the test, in whatever order windows come', () => {
    const { experiment, prepared } = prepareRandom(3, { dropPartialBatchOf: 5 });
    const { count } = prepared.windows.test;
    const scored = count - (count % 5);
    expect(scored).toBeLessThan(count);
    const forecasts = forecastsFor(count, 3);
    const keeper = createScoreKeeper(prepared, 'test', experiment.evaluation, experiment.task);
    expect(keeper.windows).toBe(scored);
    const cells = HORIZON * 2;
    for (let index = count - 1; index >= 0; index -= 1) {
      keeper.add([index], forecasts.subarray(index * cells, (index + 1) * cells));
    }
    const errors = naiveErrors(prepared, 'test', forecasts, scored).map((one) => one.error);
    const [mae] = keeper.finish('model');
    expect(mae!.count).toBe(errors.length);
    expect(mae!.value).toBeCloseTo(naiveScores(errors).mae!, 10);
  });

  test('leaves validation alone', () => {
    const { experiment, prepared } = prepareRandom(3, { dropPartialBatchOf: 5 });
    const keeper = createScoreKeeper(prepared, 'validation', experiment.evaluation, experiment.task);
    expect(keeper.windows).toBe(prepared.windows.validation.count);
  });
});

test('too few forecasts are refused', () => {
  const { experiment, prepared } = prepareRandom(1, {});
  const keeper = createScoreKeeper(prepared, 'test', experiment.evaluation, experiment.task);
  expect(() => keeper.add([0, 1], new Float64Array(HORIZON * 2))).toThrow('too few');
});
