// Intervals: calibrated on rows that stopping does not see, they hold what they promise; adaptive ones follow a change, and none of them
// looks ahead. What is too small to be calibrated is refused.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { selectBackend } from '../../../engine/backends/select.ts';
import { ExperimentSchema } from '../../../engine/contract/experiment/experiment.ts';
import { bandsOf } from '../../../engine/contract/tasks/quantiles.ts';
import { fitBaselines } from '../../../engine/evaluation/score-baselines.ts';
import { finished } from '../../../engine/tasks/finished.ts';
import { prepareFuture } from '../../../engine/tasks/forecast/ahead/future.ts';
import { intervalsAhead, movesAhead } from '../../../engine/tasks/forecast/ahead/future-intervals.ts';
import { modelQuantiles } from '../../../engine/tasks/forecast/intervals.ts';
import { prepareForecast } from '../../../engine/tasks/forecast/preparation/prepare.ts';
import { forecastBatches } from '../../../engine/tasks/forecast/training/pass.ts';
import { requireTrainable } from '../../../engine/tasks/forecast/training/trainable.ts';
import { intervalResult } from '../../../engine/tasks/forecast/views/interval-result.ts';
import { makeExperiment, makeRandom, makeSeries } from '../../data/made-series.ts';

beforeAll(() => selectBackend('cpu', { allowFallback: false, threads: 1 }));

const HORIZON = 2;
const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95];

/** Forecasts the last row of the look-back. */
const model = {
  predict: ({ x }: { readonly x: tf.Tensor3D }) =>
    tf.tile<tf.Tensor3D>(tf.slice(x, [0, x.shape[1] - 1, 0], [x.shape[0], 1, 1]), [1, HORIZON, 1]),
};
const weight = () => {
  throw new Error('the model of this test has no weights');
};

/** Noise around 10, wider from that row on. */
function noise(rows: number, { from = rows, times = 1, seed = 3 } = {}): number[] {
  const random = makeRandom(seed);
  return Array.from({ length: rows }, (_, row) => 10 + (random() - 0.5) * (row >= from ? times : 1));
}

function made(values: readonly number[], task: Parameters<typeof makeExperiment>[0] = {}) {
  const experiment = makeExperiment(
    { horizon: HORIZON, quantiles: LEVELS, metrics: ['crps', 'coverage'], ...task },
    { pipeline: [] },
  );
  const prepared = prepareForecast(experiment, [makeSeries({ y: values })], 'made');
  return { experiment, prepared, model, weight };
}

function forecastsOf(values: readonly number[], task: Parameters<typeof makeExperiment>[0]) {
  const trained = made(values, task);
  const { experiment, prepared } = trained;
  const quantilesOf = finished(modelQuantiles(trained, 'test'));
  const set = prepared.windows.test;
  const all: Float64Array[][] = [];
  const forecasts: number[] = [];
  for (const batch of forecastBatches({ data: prepared, set, model, weight, size: 7 })) {
    const original = prepared.toOriginal(set, batch.indices, batch.forecasts);
    forecasts.push(...original);
    all.push([...quantilesOf(batch, original)!]);
  }
  const quantiles = LEVELS.map((_, level) => Float64Array.from(all.flatMap((part) => [...part[level]!])));
  const baselines = fitBaselines(prepared, experiment);
  const viewed = { experiment, prepared, part: 'test' as const, baselines, quantiles };
  return { ...viewed, trained, values: Float64Array.from(forecasts) };
}

test('the end of the validation part is held back: stopping sees other windows, and no row is in both', () => {
  const { prepared } = made(noise(400), { intervals: 'conformal', calibrationShare: 0.4 });
  const whole = made(noise(400)).prepared.windows.validation;
  const { validation, train, test: tested } = prepared.windows;
  const calibration = prepared.calibration!;
  const last = validation.origin.at(-1)! + HORIZON;
  expect(last).toBeLessThan(calibration.origin[0]! + 1);
  expect(validation.count + calibration.count).toBe(whole.count - (HORIZON - 1));
  expect(calibration.count).toBe(0.4 * 60 - HORIZON + 1);
  expect(calibration.origin.at(-1)).toBe(whole.origin.at(-1));
  const [held, all] = [{ intervals: 'conformal' }, {}].map(
    (task) => made(noise(400), { ...task, metrics: ['mae'] }).prepared,
  );
  expect(held!.fingerprint).toBe(all!.fingerprint);
  expect([train.count, tested.count]).toEqual([
    made(noise(400)).prepared.windows.train.count,
    made(noise(400)).prepared.windows.test.count,
  ]);
  expect(prepared.notes.join()).toContain('calibrate the intervals; stopping does not see them');
});

describe('what they promise is what they hold', () => {
  test.each(['conformal', 'adaptive'] as const)('%s, of model and baselines', (intervals) => {
    const result = intervalResult(forecastsOf(noise(3_000), { intervals }), 1);
    expect(result.subjects.length).toBeGreaterThan(3);
    for (const { subject, bands, below } of result.subjects) {
      expect(bands.map(({ nominal }) => nominal)).toEqual([0.9, 0.5]);
      for (const { nominal, coverage } of bands)
        expect(Math.abs(coverage - nominal), subject).toBeLessThan(0.08);
      below.forEach((share, level) => {
        expect(Math.abs(share - LEVELS[level]!), subject).toBeLessThan(0.08);
      });
    }
    expect(result.words).toContain('as they promise');
  });

  test('after a change split-conformal intervals are too narrow; adaptive ones widen', () => {
    const values = noise(3_000, { from: 2_600, times: 3 });
    const [fixed, following] = (['conformal', 'adaptive'] as const).map(
      (intervals) => intervalResult(forecastsOf(values, { intervals }), 1).subjects[0]!.bands[0]!,
    );
    expect(fixed!.coverage).toBeLessThan(0.6);
    expect(following!.coverage).toBeGreaterThan(0.85);
    expect(following!.width).toBeGreaterThan(1.5 * fixed!.width);
  });
});

test('quantiles rise, and know nothing after their origin', () => {
  const values = noise(1_000, { from: 900, times: 4 });
  const changed = values.map((value, row) => (row >= 900 ? value + 50 : value));
  for (const intervals of ['conformal', 'adaptive'] as const) {
    const [before, after] = [values, changed].map((given) => forecastsOf(given, { intervals }));
    const set = before!.prepared.windows.test;
    const known = set.origin.filter((origin) => origin < 900).length * HORIZON;
    expect(known).toBeGreaterThan(10);
    before!.quantiles.forEach((level, index) => {
      expect(level.subarray(0, known)).toEqual(after!.quantiles[index]!.subarray(0, known));
      if (index === 0) return;
      level.forEach((value, at) => {
        expect(value).toBeGreaterThanOrEqual(before!.quantiles[index - 1]![at]!);
      });
    });
  }
});

test('what comes after the last row begins behind the errors of the test part', () => {
  const values = noise(3_000, { from: 2_600, times: 3 });
  const widths = (['conformal', 'adaptive'] as const).map((intervals) => {
    const { trained } = forecastsOf(values, { intervals });
    const future = prepareFuture(trained.experiment, trained.prepared.fitted, [makeSeries({ y: values })]);
    const quantiles = intervalsAhead(movesAhead(trained)!, future).of([0], Float64Array.of(10, 10), null);
    return quantiles.at(-1)![0]! - quantiles[0]![0]!;
  });
  expect(widths[1]).toBeGreaterThan(1.5 * widths[0]!);
});

describe('refused before a run is made', () => {
  test('too few errors for the outermost levels', () => {
    expect(() => made(noise(130), { intervals: 'conformal' })).toThrow(
      /need 19 errors at every step .* gives \d+; raise task.calibrationShare/,
    );
  });

  test('a calibration that leaves nothing to stop by', () => {
    expect(() => made(noise(400), { intervals: 'adaptive', calibrationShare: 0.99 })).toThrow(
      'leaves no window to stop by',
    );
  });

  test('metrics of quantiles without quantiles', () => {
    const { prepared, experiment } = made(noise(400));
    expect(() => requireTrainable(prepared, experiment)).toThrow(
      'task.metrics names crps, but CRPS has no value on these data: it scores quantiles',
    );
  });

  test('levels out of order, without the median, or beyond 0 and 1', () => {
    const problems = (quantiles: readonly number[]) => {
      const { experiment } = made(noise(400));
      const parsed = ExperimentSchema.safeParse({
        ...experiment,
        task: { ...experiment.task, intervals: 'conformal', quantiles },
      });
      return parsed.error?.issues.map(({ message }) => message).join('; ') ?? 'none';
    };
    expect(problems([0.1, 0.5, 0.9])).toBe('none');
    expect(problems([0.5, 0.1, 0.9])).toContain('levels of quantiles rise, but 0.1 stands behind 0.5');
    expect(problems([0.1, 0.5, 0.5, 0.9])).toContain('0.5 stands behind 0.5');
    expect(problems([0.1, 0.4, 0.9])).toContain('0.5, the median');
    expect(problems([0, 0.5, 1])).not.toBe('none');
  });
});

test('bands are pairs of levels around the median, the outermost first', () => {
  expect(bandsOf([0.05, 0.1, 0.5, 0.9, 0.95]).map(({ nominal }) => nominal)).toEqual([0.9, 0.8]);
  expect(bandsOf([0.5, 0.6, 0.9])).toEqual([]);
});
