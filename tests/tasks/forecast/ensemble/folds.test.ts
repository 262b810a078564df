// Intervals from fold to fold: what earlier folds calibrate, in the unit of the scores, and what later values cannot change.
import { expect, test } from 'vitest';
import {
  createFoldCalibration,
  pooledIntervals,
} from '../../../../engine/tasks/forecast/ensemble/fold-intervals.ts';
import { prepareForecast } from '../../../../engine/tasks/forecast/preparation/prepare.ts';
import { makeExperiment, makeRandom, makeSeries, wave } from '../../../data/made-series.ts';

const experiment = makeExperiment({ targets: ['y'], lookback: 4, horizon: 3 });
const prepared = prepareForecast(experiment, [makeSeries({ y: wave(900) })], 'made');
const scale = prepared.series[0]!.trainStd[0]!;

/** Forecasts of the test part that are off by that much. */
function fold(wrong: (cell: number) => number, given = experiment) {
  const { origin, count } = prepared.windows.test;
  const { horizon } = prepared;
  const values = Float64Array.from({ length: count * horizon }, (_, cell) => {
    const row = origin[Math.floor(cell / horizon)]! + 1 + (cell % horizon);
    return prepared.series[0]!.actuals[0]![row]! - wrong(cell);
  });
  return { experiment: given, prepared, part: 'test' as const, values };
}

const noise = (seed: number, width = 1): ((cell: number) => number) => {
  const random = makeRandom(seed);
  return () => width * (random() - 0.5);
};

test('the first fold has none; later ones hold what the levels promise, and are as wide as the errors before', () => {
  const calibration = createFoldCalibration([0.05, 0.95]);
  const first = fold(noise(1));
  expect(calibration.judge(first)).toBeNull();
  calibration.learn(first);
  const found = calibration.judge(fold(noise(2)))!;
  expect(found.coverage).toBeGreaterThan(0.84);
  expect(found.coverage).toBeLessThan(0.97);
  expect(found.width).toBeGreaterThan(0.85);
  expect(found.width).toBeLessThan(1);
  expect(found.cells).toBe(prepared.windows.test.count * prepared.horizon);
  expect(calibration.judge(fold(noise(2, 10)))!.coverage).toBeLessThan(0.2);
});

test('a fold is judged before its own errors are learnt, and by all folds before', () => {
  const calibration = createFoldCalibration([0.05, 0.95]);
  calibration.learn(fold(noise(1, 0.01)));
  const wide = fold(noise(2, 10));
  const before = calibration.judge(wide)!;
  calibration.learn(wide);
  expect(calibration.judge(wide)!.coverage).toBeGreaterThan(0.8);
  expect(before.coverage).toBeLessThan(0.01);
});

test('each step has moves of its own, also where errors lie to one side', () => {
  const calibration = createFoldCalibration([0.05, 0.95]);
  const bySteps = (seed: number) => {
    const random = noise(seed);
    return fold((cell) => (cell % 3) * 100 + random(0));
  };
  calibration.learn(bySteps(1));
  const found = calibration.judge(bySteps(2))!;
  expect(found.width).toBeLessThan(1);
  expect(found.coverage).toBeGreaterThan(0.84);
});

test('the width is in the unit of the scores', () => {
  const calibration = createFoldCalibration([0.05, 0.95]);
  calibration.learn(fold(noise(1)));
  const standardized = {
    ...experiment,
    evaluation: { ...experiment.evaluation, scale: 'standardized' as const },
  };
  const [own, scaled] = [fold(noise(2)), fold(noise(2), standardized)].map(
    (one) => calibration.judge(one)!.width,
  );
  expect(scaled! * scale).toBeCloseTo(own!, 9);
});

test('together, each true value weighs alike', () => {
  const two = [{ coverage: 1, width: 2, cells: 30 }, null, { coverage: 0.5, width: 4, cells: 10 }];
  expect(pooledIntervals(two)).toEqual({ coverage: 0.875, width: 2.5, cells: 40 });
  expect(pooledIntervals([null])).toBeNull();
});
