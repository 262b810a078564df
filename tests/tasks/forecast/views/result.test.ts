// The result page's figures against the same figures computed naively.
import { describe, expect, test } from 'vitest';
import { fitBaselines } from '../../../../engine/evaluation/score-baselines.ts';
import { prepareForecast } from '../../../../engine/tasks/forecast/preparation/prepare.ts';
import {
  type Choice,
  errorsByStep,
  overTime,
  type PartForecasts,
  scoresBySeries,
  windowsBySeries,
  worstOrigins,
} from '../../../../engine/tasks/forecast/views/result.ts';
import { makeExperiment, makeSeries, wave } from '../../../data/made-series.ts';

const HORIZON = 3;
const TARGETS = 2;

/** Forecasts that are the actual value plus `errorOf` it. */
function forecastsWith(errorOf: (window: number, step: number, target: number) => number): PartForecasts {
  const series = ['a', 'b'].map((name, index) =>
    makeSeries({ y: wave(80, index), z: wave(80, index + 5) }, { name }),
  );
  const experiment = makeExperiment({ targets: ['y', 'z'], features: ['y'], horizon: HORIZON });
  const prepared = prepareForecast(experiment, series, 'made');
  const set = prepared.windows.test;
  const values = Float64Array.from({ length: set.count * HORIZON * TARGETS }, (_, cell) => {
    const [window, step] = [Math.floor(cell / (HORIZON * TARGETS)), Math.floor(cell / TARGETS) % HORIZON];
    const target = cell % TARGETS;
    const actual = prepared.series[set.series[window]!]!.actuals[target]![set.origin[window]! + 1 + step]!;
    return actual + errorOf(window, step, target);
  });
  return { experiment, part: 'test', prepared, values, baselines: fitBaselines(prepared, experiment) };
}

function choiceOf(forecasts: PartForecasts, series: number, target: number): Choice {
  return { series, windows: windowsBySeries(forecasts).get(series)!, target };
}

describe('over time', () => {
  test('each row has the forecasts that were made one and h steps before it', () => {
    const forecasts = forecastsWith((_window, step) => step + 1);
    const choice = choiceOf(forecasts, 1, 1);
    const { times, actual, forecasts: made } = overTime(forecasts, choice, [1, HORIZON]);
    expect(actual).toHaveLength(choice.windows.length + HORIZON - 1);
    expect(times).toHaveLength(actual.length);
    const errors = made.map((line) => line.map((value, row) => value - actual[row]!));
    // The last rows were forecast only from afar, the first only from near.
    expect(errors[0]!.slice(0, 1 - HORIZON).every((error) => Math.abs(error - 1) < 1e-9)).toBe(true);
    expect(errors[0]!.slice(1 - HORIZON).every(Number.isNaN)).toBe(true);
    expect(errors[1]!.slice(HORIZON - 1).every((error) => Math.abs(error - HORIZON) < 1e-9)).toBe(true);
    expect(errors[1]!.slice(0, HORIZON - 1).every(Number.isNaN)).toBe(true);
  });

  test('one series and target say nothing of another', () => {
    const forecasts = forecastsWith((_window, _step, target) => (target === 1 ? 100 : 0));
    const [clean] = errorsByStep(forecasts, choiceOf(forecasts, 0, 0));
    const [wrong] = errorsByStep(forecasts, choiceOf(forecasts, 0, 1));
    expect(clean!.errors.every((error) => error < 1e-9)).toBe(true);
    expect(wrong!.errors.every((error) => Math.abs(error - 100) < 1e-9)).toBe(true);
  });
});

test('the error by step is that of the step, and each baseline has its own', () => {
  const forecasts = forecastsWith((_window, step) => (step % 2 === 0 ? 1 : -2));
  const errors = errorsByStep(forecasts, choiceOf(forecasts, 0, 0));
  expect(errors.map(({ subject }) => subject)).toContain('repeat');
  errors[0]!.errors.forEach((error, step) => {
    expect(error).toBeCloseTo(step % 2 === 0 ? 1 : 2, 9);
  });
});

test('the worst origins come worst first, and one event is listed once', () => {
  const first = windowsBySeries(forecastsWith(() => 0)).get(1)![0]!;
  const forecasts = forecastsWith(
    (window) => ({ [first + 4]: 9, [first + 5]: 8, [first + 9]: 7 })[window] ?? 0.1,
  );
  const worst = worstOrigins(forecasts, choiceOf(forecasts, 1, 0), 2);
  expect(worst.map(({ origin }) => origin)).toEqual([first + 4, first + 9]);
  expect(worst[0]!.error).toBeCloseTo(9, 9);
});

test('scores by series are those of a run of that series alone', () => {
  const second = windowsBySeries(forecastsWith(() => 0)).get(1)!;
  const forecasts = forecastsWith((window) => (second.includes(window) ? 4 : 2));
  const scores = scoresBySeries(forecasts);
  expect(scores.map(({ series, origins }) => [series, origins])).toEqual([
    ['a', second.length],
    ['b', second.length],
  ]);
  const maeOf = (index: number) =>
    scores[index]!.scores.find((s) => s.subject === 'model' && s.metric === 'mae' && s.target === null)!;
  expect(maeOf(0).value).toBeCloseTo(2, 9);
  expect(maeOf(1).value).toBeCloseTo(4, 9);
  expect(maeOf(0).count).toBe(second.length * HORIZON * TARGETS);
});
