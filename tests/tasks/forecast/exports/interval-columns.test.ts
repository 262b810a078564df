// The interval columns of a table of forecasts are those that the scores are of: coverage, width and pinball loss come out of the table
// alone, for several series and targets, however the intervals are made.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../../../engine/backends/select.ts';
import { createScoreKeeper } from '../../../../engine/evaluation/score-keeper.ts';
import { quantileHead } from '../../../../engine/models/heads/quantiles.ts';
import { finished } from '../../../../engine/tasks/finished.ts';
import { forecastCsv } from '../../../../engine/tasks/forecast/exports/forecast-csv.ts';
import { partFrame } from '../../../../engine/tasks/forecast/exports/part-frame.ts';
import { prepareForecast } from '../../../../engine/tasks/forecast/preparation/prepare.ts';
import { scoreForecast } from '../../../../engine/tasks/forecast/training/score.ts';
import { makeExperiment, makeSeries, wave } from '../../../data/made-series.ts';

const ROWS = 260;
const LEVELS = [0.05, 0.3, 0.5, 0.7, 0.95];
const HORIZON = 2;

/** The last two rows of the look-back. */
const predict = ({ x }: { readonly x: tf.Tensor3D }) =>
  tf.slice<tf.Rank.R3, tf.Tensor3D>(x, [0, 2, 0], [x.shape[0], HORIZON, 2]);
const head = quantileHead(LEVELS);
/** That value for every number of the head. */
const answer = (window: { readonly x: tf.Tensor3D }) =>
  tf.reshape(tf.tile(tf.reshape(predict(window), [-1, HORIZON, 2, 1]), [1, 1, 1, LEVELS.length]), [
    -1,
    HORIZON,
    2 * LEVELS.length,
  ]) as tf.Tensor3D;
const weight = () => {
  throw new Error('the model of this test has no weights');
};

const holed = wave(ROWS, 1).map((value, row) => (row === ROWS - 9 ? Number.NaN : value));
const series = [
  makeSeries({ y: holed, z: wave(ROWS, 2).map((value) => 20 * value) }, { name: 'one' }),
  makeSeries({ y: wave(ROWS, 3).map((value) => 5 * value), z: wave(ROWS, 4) }, { name: 'two' }),
];

beforeAll(() => selectBackend('cpu', { allowFallback: false, threads: 1 }));

test.each([
  ['conformal', 'mse', 'original'],
  ['adaptive', 'mse', 'original'],
  ['conformal', 'pinball', 'standardized'],
  ['adaptive', 'pinball', 'original'],
  ['none', 'pinball', 'standardized'],
] as const)('%s, %s, %s scores', (intervals, loss, scale) => {
  const metrics = ['coverage', 'width', 'pinball'];
  const experiment = makeExperiment(
    { targets: ['y', 'z'], intervals, loss, quantiles: LEVELS, metrics },
    { evaluation: { scale, dropPartialBatchOf: 8 }, pipeline: [{ step: 'fill' }] },
  );
  const prepared = prepareForecast(experiment, series, 'made');
  const model = loss === 'pinball' ? { predict, answer, head } : { predict };
  const frame = partFrame({ experiment, prepared, baselines: [], part: 'test' }, { model, weight, size: 7 });
  const [header, ...lines] = forecastCsv(frame).map((line) => line.split(','));
  const rows = lines
    .map((cells) => Object.fromEntries(header!.map((name, index) => [name, cells[index]!])))
    .filter(({ unscored }) => unscored === '');
  expect(lines.length - rows.length).toBeGreaterThan(0);

  const createScorer = () => createScoreKeeper(prepared, 'test', experiment.evaluation, experiment.task);
  const scoring = { experiment, prepared, model, batchSize: 16, createScorer };
  const scores = finished(scoreForecast(scoring, weight, 'test'));
  expect(scores.map(({ metric, target }) => `${metric} ${target}`)).toHaveLength(metrics.length * 3);
  for (const { metric, target, value } of scores) {
    const each = rows
      .filter((row) => target === null || row.target === target)
      .map((row) => {
        const actual = Number(row.actual);
        const at = (level: number) => Number(row[`quantile/${level}`]);
        const unit = scale === 'standardized' ? Number(row.trainStd) : 1;
        if (metric === 'coverage') return Number(at(0.05) <= actual && actual <= at(0.95));
        if (metric === 'width') return (at(0.95) - at(0.05)) / unit;
        const losses = LEVELS.map((level) => {
          const error = (actual - at(level)) / unit;
          return Math.max(level * error, (level - 1) * error);
        });
        return losses.reduce((sum, one) => sum + one, 0) / LEVELS.length;
      });
    const mean = each.reduce((sum, one) => sum + one, 0) / each.length;
    expect(mean, `${metric} of ${target}`).toBeCloseTo(value, 9);
    if (metric === 'coverage') expect(mean).toBeGreaterThan(0.2);
  }
});
