// Baselines that are estimated, against numpy: series with missing values, computed window by window (golden/baselines.py).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Baseline } from '../../engine/evaluation/baselines/baseline.ts';
import { createDlinear } from '../../engine/evaluation/baselines/dlinear.ts';
import { createLinear } from '../../engine/evaluation/baselines/linear.ts';
import { BASELINES } from '../../engine/evaluation/baselines/registry.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { makeExperiment, makeSeries } from '../data/made-series.ts';
import { scored } from './scored.ts';

const Golden = z.object({
  split: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  lookback: z.int(),
  horizon: z.int(),
  series: z.array(z.array(z.array(z.number().nullable()))),
  scores: z.record(z.string(), z.object({ mse: z.number(), mae: z.number(), count: z.int() })),
});

const golden = Golden.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'golden/baselines.json'), 'utf8')),
);

const TARGETS = ['y', 'z'];

const series = golden.series.map((targets, index) => {
  const columns = targets.map((values, target): [string, number[]] => [
    TARGETS[target]!,
    values.map((value) => value ?? Number.NaN),
  ]);
  const x = targets[0]!.map((_, row) => row);
  return makeSeries({ ...Object.fromEntries(columns), x }, { name: `s${index}` });
});

const experiment = makeExperiment(
  {
    targets: TARGETS,
    features: ['x'],
    lookback: golden.lookback,
    horizon: golden.horizon,
    metrics: ['mse', 'mae'],
  },
  { split: { kind: 'count', ...golden.split }, evaluation: { scale: 'standardized' } },
);
const prepared = prepareForecast(experiment, series, 'made');

function scoresOf(baseline: Baseline) {
  const overall = scored(prepared, experiment, [baseline]).filter(({ target }) => target === null);
  const [mse, mae] = ['mse', 'mae'].map((metric) => overall.find((score) => score.metric === metric)!);
  return { mse: mse!.value, mae: mae!.value, count: mae!.count };
}

function expectScores(found: ReturnType<typeof scoresOf>, name: string): void {
  const wanted = golden.scores[name]!;
  expect(found.count).toBe(wanted.count);
  expect(found.mse).toBeCloseTo(wanted.mse, 9);
  expect(found.mae).toBeCloseTo(wanted.mae, 9);
}

const known = BASELINES.filter(({ subject }) => golden.scores[subject]);

test('the golden file has those that estimate something', () => {
  expect(known.map(({ subject }) => subject)).toEqual([
    'drift-median',
    'drift-mean',
    'mean',
    'linear',
    'dlinear',
  ]);
});

describe('as numpy computes it', () => {
  test.each(known.map((baseline) => [baseline.subject, baseline] as const))('%s', (subject, baseline) => {
    expectScores(scoresOf(baseline), subject);
  });

  test('linear with a ridge of 1e-3', () => {
    expectScores(scoresOf(createLinear({ ridge: 1e-3 })), 'linear, ridge 1e-3');
  });

  test('dlinear with a ridge of 50', () => {
    expectScores(scoresOf(createDlinear({ ridge: 50 })), 'dlinear, ridge 50');
  });
});
