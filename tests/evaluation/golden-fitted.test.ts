// Baselines that follow the data step by step, against statsmodels, and the climatology, against numpy (golden/fitted.py).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Series } from '../../engine/data/series.ts';
import { ar } from '../../engine/evaluation/baselines/ar.ts';
import type { Baseline } from '../../engine/evaluation/baselines/baseline.ts';
import { climatology } from '../../engine/evaluation/baselines/climatology.ts';
import { climatologyAr } from '../../engine/evaluation/baselines/climatology-ar.ts';
import { ets } from '../../engine/evaluation/baselines/ets.ts';
import { fitSmoothing, startOf } from '../../engine/evaluation/baselines/smoothing/fit.ts';
import { createStates, forecastFrom, smooth } from '../../engine/evaluation/baselines/smoothing/smooth.ts';
import { fitTheta, theta } from '../../engine/evaluation/baselines/theta.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { makeExperiment, makeSeries } from '../data/made-series.ts';

const Numbers = z.array(z.number());
const Golden = z.object({
  horizon: z.int(),
  season: z.int(),
  train: z.int(),
  later: z.int(),
  monthly: Numbers,
  ets: z.object({
    alpha: z.number(),
    beta: z.number(),
    gamma: z.number(),
    phi: z.number(),
    squares: z.number(),
    start: z.object({ level: z.number(), trend: z.number(), season: Numbers }),
    forecasts: z.array(Numbers),
  }),
  theta: z.object({ alpha: z.number(), drift: z.number(), forecast: Numbers }),
  ar: z.object({ order: z.int(), forecasts: z.array(Numbers), statsmodels: Numbers }),
  daily: z.object({
    train: z.int(),
    startSeconds: z.int(),
    values: z.array(z.number().nullable()),
    origins: z.array(z.int()),
    climatology: z.array(Numbers),
    'climatology-ar': z.array(Numbers),
  }),
});
const golden = Golden.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'golden/fitted.json'), 'utf8')),
);
const { horizon, season } = golden;

interface Wanted {
  readonly series: Series;
  readonly train: number;
  readonly origins: readonly number[];
}

function forecasts(baseline: Baseline, { series, train, origins }: Wanted): number[][] {
  const split = { kind: 'count', train, validation: horizon + 1, test: horizon + 1 };
  const task = { horizon, lookback: 4, features: ['x'] };
  const experiment = makeExperiment(task, { split, evaluation: { season } });
  const prepared = prepareForecast(experiment, [series], 'made');
  expect(baseline.missing(prepared, experiment)).toBeNull();
  const fill = baseline.fit(prepared, experiment);
  return origins.map((origin) => {
    const out = new Float64Array(horizon + 2).fill(-1);
    fill(0, origin, out, 1);
    expect([out[0], out.at(-1)]).toEqual([-1, -1]);
    return Array.from(out.subarray(1, -1));
  });
}

const rowsOf = (values: readonly number[]) => ({ y: values, x: values.map((_, row) => row) });
const monthly = {
  series: makeSeries(rowsOf(golden.monthly)),
  train: golden.train,
  origins: [golden.train - 1, golden.later],
};
const training = Float64Array.from(golden.monthly).subarray(0, golden.train);

function expectNear(found: readonly number[], wanted: readonly number[], within: number): void {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, step) => {
    expect(Math.abs(value - wanted[step]!), `step ${step + 1}: ${value}`).toBeLessThan(within);
  });
}

describe('ets', () => {
  const { start, squares, forecasts: wanted, ...parameters } = golden.ets;

  test('follows the recursion of statsmodels', () => {
    const first = { ...start, season: Float64Array.from(start.season) };
    const states = createStates(golden.train - 1, golden.monthly.length, season);
    expect(smooth(training, parameters, first)).toBeCloseTo(squares, 6);
    smooth(Float64Array.from(golden.monthly), parameters, first, states);
    monthly.origins.forEach((origin, index) => {
      const found: number[] = [];
      forecastFrom(states, origin, { horizon, phi: parameters.phi }, (_, value) => found.push(value));
      expectNear(found, wanted[index]!, 1e-8);
    });
  });

  test('begins with means over the first seasons', () => {
    const found = startOf(training, season, true);
    expect(found.level).toBeCloseTo(start.level, 9);
    expect(found.trend).toBeCloseTo(start.trend, 9);
    expectNear(Array.from(found.season), start.season, 1e-9);
  });

  test('errs as little in training as the optimum that statsmodels finds', () => {
    const fitted = fitSmoothing(training, training, { season, work: 1e9 });
    expect(fitted.start.season).toHaveLength(season);
    expect(smooth(training, fitted.parameters, fitted.start)).toBeLessThan(1.01 * squares);
  });

  test('forecasts nearly what statsmodels does', () => {
    for (const [index, found] of forecasts(ets, monthly).entries()) expectNear(found, wanted[index]!, 2);
  });
});

test('theta: smoothing, drift and forecast of statsmodels', () => {
  const { alpha, drift, seasonality } = fitTheta(Float64Array.from(golden.monthly), {
    trainRows: golden.train,
    mean: 0,
    season,
  });
  expect(alpha).toBeCloseTo(golden.theta.alpha, 2);
  expect(drift).toBeCloseTo(golden.theta.drift, 9);
  expect(seasonality.take(1, 3)).not.toBe(1);
  const [found] = forecasts(theta, monthly);
  expectNear(found!, golden.theta.forecast, 0.01);
});

test('ar: order, weights and forecasts of statsmodels', () => {
  expectNear(golden.ar.forecasts[0]!, golden.ar.statsmodels, 1e-8);
  for (const [index, found] of forecasts(ar, monthly).entries())
    expectNear(found, golden.ar.forecasts[index]!, 1e-6);
});

describe('over the calendar, with missing values', () => {
  const { values, train, origins, startSeconds } = golden.daily;
  const series = makeSeries(rowsOf(values.map((value) => value ?? Number.NaN)), {
    startUs: BigInt(startSeconds) * 1_000_000n,
  });

  test.each([
    ['climatology', climatology],
    ['climatology-ar', climatologyAr],
  ] as const)('%s', (name, baseline) => {
    const found = forecasts(baseline, { series, train, origins });
    for (const [index, one] of found.entries()) expectNear(one, golden.daily[name][index]!, 1e-5);
  });
});
