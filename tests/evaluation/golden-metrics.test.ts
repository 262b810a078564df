// Every metric of values against pandas and scikit-learn (golden/metrics.py): over all, by target, by step and by series.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { METRICS } from '../../engine/evaluation/metrics/registry.ts';
import { createScoreKeeper } from '../../engine/evaluation/score-keeper.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { makeExperiment, makeSeries } from '../data/made-series.ts';

const Scores = z.object({
  values: z.record(z.string(), z.number().nullable()),
  count: z.int(),
  /** Cells of series and targets that MASE, RMSSE and OWA have a score of. */
  scaled: z.int(),
});
const Golden = z.object({
  split: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  horizon: z.int(),
  season: z.int(),
  series: z.record(z.string(), z.record(z.string(), z.array(z.number().nullable()))),
  forecasts: z.array(z.number()),
  all: Scores,
  byTarget: z.record(z.string(), Scores),
  byStep: z.array(Scores),
  bySeries: z.record(z.string(), Scores),
});
const golden = Golden.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'golden/metrics.json'), 'utf8')),
);

/** Those of quantiles are in golden-quantiles.test.ts. */
const OF_VALUES = METRICS.filter(({ needsQuantiles }) => !needsQuantiles);
const metrics = OF_VALUES.map(({ name }) => name);
const series = Object.entries(golden.series).map(([name, targets]) => {
  const columns = Object.entries(targets).map(([target, values]) => [
    target,
    values.map((value) => value ?? Number.NaN),
  ]);
  return makeSeries({ ...Object.fromEntries(columns), x: targets.y!.map((_, row) => row) }, { name });
});
const experiment = makeExperiment(
  { targets: ['y', 'z'], features: ['x'], lookback: 4, horizon: golden.horizon, metrics },
  { split: { kind: 'count', ...golden.split }, evaluation: { season: golden.season } },
);
const prepared = prepareForecast(experiment, series, 'made');
const keeper = createScoreKeeper(prepared, 'test', experiment.evaluation, experiment.task, {
  bySeries: true,
});
keeper.add(
  Array.from({ length: prepared.windows.test.count }, (_, index) => index),
  Float64Array.from(golden.forecasts),
);

/** They leave out what is constant in training. */
const SCALED = ['mase', 'rmsse', 'owa'];

function expectValues(found: Readonly<Record<string, number>>, { values }: z.infer<typeof Scores>): void {
  const known = Object.entries(values).filter(([, value]) => value !== null);
  expect(known).toHaveLength(OF_VALUES.length);
  for (const [metric, value] of known) expect(found[metric], metric).toBeCloseTo(value!, 10);
}

test('the golden file has every metric', () => {
  expect(Object.keys(golden.all.values).toSorted()).toEqual(metrics.toSorted());
  expect(golden.all.scaled).toBeLessThan(golden.all.count);
});

describe('as pandas and scikit-learn compute it', () => {
  test('over all, and by target', () => {
    for (const [target, wanted] of [[null, golden.all] as const, ...Object.entries(golden.byTarget)]) {
      const scores = keeper.finish('model').filter((score) => score.target === target);
      expectValues(Object.fromEntries(scores.map(({ metric, value }) => [metric, value])), wanted);
      for (const { metric, count } of scores)
        expect(count, metric).toBe(SCALED.includes(metric) ? wanted.scaled : wanted.count);
    }
  });

  test('by step', () => {
    keeper.byHorizon().forEach(({ values, count }, index) => {
      expectValues(values, golden.byStep[index]!);
      expect(count).toBe(golden.byStep[index]!.count);
    });
  });

  test('by series', () => {
    keeper.bySeries().forEach((score, index) => {
      expectValues(score!.values, golden.bySeries[prepared.series[index]!.name]!);
    });
  });
});

test('in standard deviations: what has no unit stays, errors are divided', () => {
  const scaled = { ...experiment.evaluation, scale: 'standardized' as const };
  const task = { ...experiment.task, targets: ['z'] };
  const one = prepareForecast({ ...experiment, task, evaluation: scaled }, [series[0]!], 'made');
  const scores = (scale: 'original' | 'standardized') => {
    const keeper = createScoreKeeper(one, 'test', { ...scaled, scale }, task);
    const { count } = one.windows.test;
    const forecasts = Float64Array.from({ length: count * golden.horizon }, (_, index) => 850 + (index % 90));
    keeper.add(
      Array.from({ length: count }, (_, index) => index),
      forecasts,
    );
    return Object.fromEntries(keeper.finish('model').map(({ metric, value }) => [metric, value]));
  };
  const [original, divided] = [scores('original'), scores('standardized')];
  const std = one.series[0]!.trainStd[0]!;
  for (const { name, unit } of OF_VALUES) {
    const by = unit === 'none' ? 1 : unit === 'squared' ? std * std : std;
    expect(divided[name]! * by, name).toBeCloseTo(original[name]!, 9);
  }
});
