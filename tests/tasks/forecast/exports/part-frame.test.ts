// What an export holds is enough to compute every score of the run again, without the run.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../../../engine/backends/select.ts';
import { fitBaselines, scoreBaselines } from '../../../../engine/evaluation/score-baselines.ts';
import { createScoreKeeper } from '../../../../engine/evaluation/score-keeper.ts';
import { forecastCsv, leftOutCsv } from '../../../../engine/tasks/forecast/exports/forecast-csv.ts';
import { originErrorsCsv } from '../../../../engine/tasks/forecast/exports/origin-errors-csv.ts';
import { partFrame } from '../../../../engine/tasks/forecast/exports/part-frame.ts';
import { prepareForecast } from '../../../../engine/tasks/forecast/preparation/prepare.ts';
import { makeExperiment, makeSeries, wave } from '../../../data/made-series.ts';

const ROWS = 90;
const BATCH = 8;

/** The last rows of the look-back, which are no good forecast. */
const model = {
  predict: ({ x }: { readonly x: tf.Tensor3D }) =>
    tf.mul<tf.Tensor3D>(tf.slice(x, [0, 2, 0], [x.shape[0], 2, 2]), 1.1),
};
const pass = {
  model,
  size: 7,
  weight: () => {
    throw new Error('the model of this test has no weights');
  },
};

const holes = (values: number[], ...rows: number[]) =>
  values.map((value, row) => (rows.includes(row) ? Number.NaN : value));

/** Without the rows of a gap in time. */
function withGap(series: ReturnType<typeof makeSeries>, from: number, to: number) {
  const kept = (_value: unknown, row: number) => row < from || row >= to;
  return {
    ...series,
    times: series.times.filter(kept),
    columns: series.columns.map((column) => ({ ...column, values: column.values.filter(kept) })),
  };
}

const series = [
  makeSeries({ y: holes(wave(ROWS, 1), 80, 83), z: wave(ROWS, 2) }, { name: 'holes' }),
  makeSeries(
    { y: wave(ROWS, 3).map((value, row) => (row < 70 ? 5 : value)), z: wave(ROWS, 4) },
    { name: 'flat' },
  ),
  withGap(makeSeries({ y: wave(ROWS, 5), z: wave(ROWS, 6) }, { name: 'gappy' }), 80, 84),
];
const experiment = makeExperiment(
  { targets: ['y', 'z'], metrics: ['mae', 'mse'] },
  {
    evaluation: { scale: 'standardized', dropPartialBatchOf: BATCH, season: 7 },
    pipeline: [{ step: 'fill' }],
  },
);
const prepared = prepareForecast(experiment, series, 'made');
const baselines = fitBaselines(prepared, experiment);

beforeAll(() => selectBackend('cpu', { allowFallback: false, threads: 1 }));

const frameOf = (part: 'test' | 'validation') => partFrame({ experiment, prepared, baselines, part }, pass);

/** Rows of the csv by name of the column; no field of this test has a comma. */
function table(lines: readonly string[]): Record<string, string>[] {
  const [header, ...rows] = lines.map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(header!.map((name, index) => [name, row[index]!])));
}

test.each(['validation', 'test'] as const)('scores of the %s part come out of its table alone', (part) => {
  const frame = frameOf(part);
  const rows = table(forecastCsv(frame)).filter(({ unscored }) => unscored === '');
  const keeper = createScoreKeeper(prepared, part, experiment.evaluation, experiment.task);
  const windows = Int32Array.from({ length: prepared.windows[part].count }, (_, index) => index);
  keeper.add(windows, frame.columns.forecast);
  const scoring = scoreBaselines(prepared, part, { experiment, baselines });
  let step = scoring.next();
  while (!step.done) step = scoring.next();
  const scores = [...keeper.finish('model'), ...step.value];
  expect(new Set(scores.map(({ subject }) => subject)).size).toBeGreaterThan(3);
  for (const { subject, metric, target, value, count } of scores) {
    const errors = rows
      .filter((row) => target === null || row.target === target)
      .map((row) => {
        const forecast = Number(row[subject === 'model' ? 'forecast' : `baseline/${subject}`]);
        const error = (forecast - Number(row.actual)) / Number(row.trainStd);
        return metric === 'mse' ? error * error : Math.abs(error);
      });
    expect(errors, subject).toHaveLength(count);
    expect(errors.reduce((sum, one) => sum + one, 0) / count).toBeCloseTo(value, 9);
  }
});

test('each line says its part, and why it is in no score', () => {
  const rows = table(forecastCsv(frameOf('test')));
  expect(new Set(rows.map(({ part }) => part))).toEqual(new Set(['test']));
  const reasonsOf = (name: string) =>
    [...new Set(rows.filter((row) => row.series === name).map(({ unscored }) => unscored!))].sort();
  expect(reasonsOf('holes')).toEqual(['', 'the true value is missing']);
  expect(reasonsOf('flat')).toContain('the target is constant in training so it has no standardized score');
  expect(reasonsOf('gappy')).toContain(
    `the window is in the last partial batch of ${BATCH} (evaluation.dropPartialBatchOf)`,
  );
});

test('origins without a scored window are listed with their reason, and the part counts them', () => {
  const rows = table(leftOutCsv(frameOf('test')));
  const { count } = prepared.windows.test;
  const dropped = rows.filter(({ reason }) => reason!.includes('partial batch'));
  expect(dropped.reduce((sum, { windows }) => sum + Number(windows), 0)).toBe(count % BATCH);
  const gappy = rows.filter(({ reason }) => /gap|missing/.test(reason!));
  expect(gappy.length).toBeGreaterThan(0);
  expect(new Set(gappy.map(({ series: name }) => name))).toEqual(new Set(['gappy']));
  const { leftOut = [] } = prepared.parts.find(({ part }) => part === 'test')!;
  const counted = leftOut.reduce((sum, { windows }) => sum + windows, 0);
  expect(counted).toBe(gappy.reduce((sum, { windows }) => sum + Number(windows), 0));
});

test('errors by origin weigh up to the score', () => {
  const frame = frameOf('test');
  const rows = table(originErrorsCsv(frame, true)).filter(({ count }) => Number(count) > 0);
  const keeper = createScoreKeeper(prepared, 'test', experiment.evaluation, experiment.task);
  const windows = Int32Array.from({ length: prepared.windows.test.count }, (_, index) => index);
  keeper.add(windows, frame.columns.forecast);
  const [mae] = keeper.finish('model');
  const own = rows.filter(({ subject }) => subject === 'model');
  const count = own.reduce((sum, row) => sum + Number(row.count), 0);
  const sum = own.reduce((all, row) => all + Number(row.meanAbsoluteError) * Number(row.count), 0);
  expect(count).toBe(mae!.count);
  expect(sum / count).toBeCloseTo(mae!.value, 9);
  expect(new Set(rows.map(({ subject }) => subject)).size).toBe(1 + baselines.length);
});

test('the summary has errors by step and scores by series of every target', () => {
  const { summary } = frameOf('test').header;
  expect(summary!.bySeries.map(({ series: name }) => name)).toEqual(['holes', 'flat', 'gappy']);
  const ofModel = summary!.errors.subjects.filter(({ subject }) => subject === 'model');
  expect(ofModel.map(({ target }) => target)).toEqual([null, 'y', 'z']);
  const [all, y, z] = ofModel;
  all!.counts.forEach((count, step) => {
    expect(count).toBe(y!.counts[step]! + z!.counts[step]!);
    const sum = y!.byStep.mae![step]! * y!.counts[step]! + z!.byStep.mae![step]! * z!.counts[step]!;
    expect(all!.byStep.mae![step]).toBeCloseTo(sum / count, 9);
  });
});
