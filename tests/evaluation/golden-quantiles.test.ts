// Every metric of quantiles, and the quantiles of a conformal calibration, against numpy (golden/quantiles.py).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { conformalQuantile, errorsNeeded } from '../../engine/evaluation/intervals/calibration.ts';
import { quantileCrps } from '../../engine/evaluation/metrics/quantile-loss.ts';
import { METRICS } from '../../engine/evaluation/metrics/registry.ts';
import { createScoreKeeper } from '../../engine/evaluation/score-keeper.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { makeExperiment, makeSeries } from '../data/made-series.ts';

const Scores = z.record(z.string(), z.number());
const Golden = z.object({
  split: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  horizon: z.int(),
  levels: z.array(z.number()),
  series: z.record(z.string(), z.array(z.number().nullable())),
  /** By forecast, then by level. */
  quantiles: z.array(z.array(z.number())),
  all: Scores,
  bySeries: z.record(z.string(), Scores),
  normal: z.array(z.object({ mean: z.number(), deviation: z.number(), truth: z.number(), crps: z.number() })),
  errors: z.array(z.number()),
  conformal: z.array(z.object({ level: z.number(), move: z.number() })),
});
const golden = Golden.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'golden/quantiles.json'), 'utf8')),
);

const metrics = METRICS.filter(({ needsQuantiles }) => needsQuantiles).map(({ name }) => name);
const series = Object.entries(golden.series).map(([name, values]) =>
  makeSeries({ y: values.map((value) => value ?? Number.NaN), x: values.map((_, row) => row) }, { name }),
);
const experiment = makeExperiment(
  {
    features: ['x'],
    lookback: 4,
    horizon: golden.horizon,
    metrics,
    intervals: 'conformal',
    quantiles: golden.levels,
  },
  { split: { kind: 'count', ...golden.split } },
);
const prepared = prepareForecast(experiment, series, 'made');

const levelsOf = (rows: readonly (readonly number[])[]) =>
  golden.levels.map((_, level) => Float64Array.from(rows, (values) => values[level]!));

test('all together, and each series by itself', () => {
  expect(Object.keys(golden.all).toSorted()).toEqual(metrics.toSorted());
  const keeper = createScoreKeeper(prepared, 'test', experiment.evaluation, experiment.task, {
    bySeries: true,
  });
  const { count } = prepared.windows.test;
  const windows = Array.from({ length: count }, (_, index) => index);
  keeper.add(windows, new Float64Array(golden.quantiles.length), levelsOf(golden.quantiles));
  for (const { metric, value } of keeper.finish('model'))
    expect(value, metric).toBeCloseTo(golden.all[metric]!, 10);
  keeper.bySeries().forEach((score, index) => {
    const wanted = golden.bySeries[prepared.series[index]!.name]!;
    for (const metric of metrics) expect(score!.values[metric], metric).toBeCloseTo(wanted[metric]!, 10);
  });
});

test('without quantiles every level is the forecast: the CRPS is then the mean absolute error', () => {
  const task = { ...experiment.task, metrics: ['crps', 'mae', 'width'] };
  const keeper = createScoreKeeper(prepared, 'test', experiment.evaluation, {
    ...task,
    quantiles: [0.1, 0.3, 0.5, 0.7, 0.9],
  });
  const { count } = prepared.windows.test;
  keeper.add(
    Array.from({ length: count }, (_, index) => index),
    Float64Array.from({ length: count * golden.horizon }, (_, index) => index % 30),
  );
  const [crps, mae, width] = keeper.finish('model').map(({ value }) => value);
  expect(crps).toBeCloseTo(mae!, 10);
  expect(width).toBe(0);
});

test('from many quantiles of a normal distribution comes its CRPS in closed form', () => {
  const levels = Array.from({ length: 1999 }, (_, index) => (index + 1) / 2000);
  const standard = levels.map(normalQuantile);
  for (const { mean, deviation, truth, crps } of golden.normal) {
    const quantile = (level: number) => mean + deviation * standard[level]!;
    expect(quantileCrps({ levels, quantile }, truth)).toBeCloseTo(crps, 3);
  }
});

/** By bisection of the distribution function, summed from its density. */
function normalQuantile(level: number): number {
  let low = -6;
  let high = 6;
  for (let turn = 0; turn < 40; turn += 1) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function normalBelow(z: number): number {
  const steps = 400;
  const width = z / steps;
  let sum = 0;
  for (let step = 0; step < steps; step += 1) sum += Math.exp(-(((step + 0.5) * width) ** 2) / 2) * width;
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
}

test('conformal quantiles are those of the errors and one more at infinity', () => {
  const errors = Float64Array.from(golden.errors).sort();
  for (const { level, move } of golden.conformal) expect(conformalQuantile(errors, level)).toBe(move);
  expect(conformalQuantile(errors, 0.5)).toBe(errors[11]);
});

test('as many errors are needed as make the outermost level one of them', () => {
  expect(errorsNeeded([0.05, 0.5, 0.95])).toBe(19);
  expect(errorsNeeded([0.1, 0.5, 0.975])).toBe(39);
  const place = (count: number) =>
    conformalQuantile(
      new Float64Array(count).map((_, index) => index),
      0.95,
    );
  expect(place(19)).toBe(18);
  expect(place(18)).toBe(17);
  expect(Math.ceil(0.95 * (18 + 1))).toBeGreaterThan(18);
});
