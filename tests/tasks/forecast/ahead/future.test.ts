// Forecasts of the future: the fitted state, stored as JSON and read back, treats new data as it treated the training data.
import { describe, expect, test } from 'vitest';
import type { PipelineStep } from '../../../../engine/contract/experiment/pipeline.ts';
import type { Series } from '../../../../engine/data/series.ts';
import { prepareFuture } from '../../../../engine/tasks/forecast/ahead/future.ts';
import { prepareForecast } from '../../../../engine/tasks/forecast/preparation/prepare.ts';
import { errorOf, makeExperiment, makeSeries, wave } from '../../../data/made-series.ts';

const ROWS = 60;
const pipeline: PipelineStep[] = [
  { step: 'fill', method: 'forward' },
  { step: 'log' },
  { step: 'one-hot' },
  { step: 'standardize', scope: 'series' },
  { step: 'subtract-last' },
];
const task = { targets: ['y'], features: ['y', 'weather'], lookback: 4, horizon: 3 };

function makeData(name: string, seed: number, rows = ROWS): Series {
  const y = wave(ROWS, seed).map((value, row) => (row === 20 || row === 50 ? NaN : value));
  const weather = y.map((_, row) => ['sun', 'rain', 'fog'][row % 3]!);
  return makeSeries({ y: y.slice(0, rows), weather: weather.slice(0, rows) }, { name });
}

const experiment = makeExperiment(task, { pipeline });
const both = [makeData('a', 1), makeData('b', 2)];
const prepared = prepareForecast(experiment, both, 'made');
const fitted: unknown = JSON.parse(JSON.stringify(prepared.fitted));

describe('the window at the last row', () => {
  const pipelines: PipelineStep[][] = [
    pipeline,
    [{ step: 'one-hot' }, { step: 'fill', method: 'mean' }, { step: 'min-max', scope: 'all' }],
    [{ step: 'fill', method: 'zero' }, { step: 'one-hot' }, { step: 'standardize', scope: 'all' }],
  ];
  test.each(pipelines.map((steps) => [steps.map(({ step }) => step).join(', '), steps] as const))(
    'has the same inputs and the same inverse as the window of the test part there: %s',
    (_name, steps) => {
      const own = makeExperiment(task, { pipeline: steps });
      const before = prepareForecast(own, both, 'made');
      const state: unknown = JSON.parse(JSON.stringify(before.fitted));
      // With three rows less, the last row is the origin of the last test window.
      const future = prepareFuture(own, state, [makeData('a', 1, 57), makeData('b', 2, 57)]);
      const { test: set } = before.windows;
      const last = [0, 1].map((series) => Array.from(set.series).lastIndexOf(series));
      const [expected, found] = [before.createBatch(2), future.createBatch(2)];
      before.gather(set, last, expected);
      future.gather(future.windows, [0, 1], found);
      expect(future.inputNames).toEqual(before.inputNames);
      expect(found.inputs).toEqual(expected.inputs);
      expect(Array.from(found.mask)).toEqual(new Array(6).fill(0));
      expect(Array.from(found.targets)).toEqual(new Array(6).fill(0));
      const forecasts = Float32Array.from({ length: 6 }, (_, cell) => cell / 10 - 0.2);
      expect(future.toOriginal(future.windows, [0, 1], forecasts)).toEqual(
        before.toOriginal(set, last, forecasts),
      );
    },
  );

  test('comes with names and times', () => {
    const future = prepareFuture(experiment, fitted, both);
    const day = (time: bigint) => new Date(Number(time / 1000n)).toISOString().slice(0, 10);
    expect(future.windows.count).toBe(2);
    expect(future.seriesNames).toEqual(['a', 'b']);
    expect(Array.from(future.originTimes, day)).toEqual(['2000-02-29', '2000-02-29']);
    const days = ['2000-03-01', '2000-03-02', '2000-03-03'];
    expect(Array.from(future.times, day)).toEqual([...days, ...days]);
  });

  test('a category that training did not know, or with other codes, is read by name', () => {
    const weather = wave(ROWS).map((_, row) =>
      row === ROWS - 1 ? 'hail' : row === ROWS - 2 ? 'rain' : 'fog',
    );
    const future = prepareFuture(experiment, fitted, [makeSeries({ y: wave(ROWS), weather }, { name: 'a' })]);
    expect(future.inputNames).toEqual(['y', 'weather=fog', 'weather=rain', 'weather=sun']);
    const batch = future.createBatch(1);
    future.gather(future.windows, [0], batch);
    expect(Array.from(batch.inputs.subarray(2 * 4 + 1, 2 * 4 + 4))).toEqual([0, 1, 0]);
    expect(Array.from(batch.inputs.subarray(3 * 4 + 1, 3 * 4 + 4))).toEqual([0, 0, 0]);
  });
});

describe('a series that is too short', () => {
  test('is left out with a note, and the others are forecast as without it', () => {
    const future = prepareFuture(experiment, fitted, [makeData('b', 2, 3), makeData('a', 1)]);
    const alone = prepareFuture(experiment, fitted, [makeData('a', 1)]);
    expect(future.notes).toEqual(['Series "b" has 3 rows, and 4 are needed: no forecast for it.']);
    expect(future.seriesNames).toEqual(['a']);
    expect(Array.from(future.windows.series)).toEqual([0]);
    expect([future.times, future.originTimes]).toEqual([alone.times, alone.originTimes]);
    const [found, expected] = [future.createBatch(1), alone.createBatch(1)];
    future.gather(future.windows, [0], found);
    alone.gather(alone.windows, [0], expected);
    expect(found.inputs).toEqual(expected.inputs);
  });
  test('as long as the look-back is none', () => {
    const future = prepareFuture(experiment, fitted, [makeData('a', 1, 4), makeData('b', 2)]);
    expect(future.seriesNames).toEqual(['a', 'b']);
    expect(future.notes).toEqual([]);
  });
  test('was not looked at: what else is wrong with it does not matter', () => {
    const y = [1, Infinity];
    const odd = makeSeries({ y, weather: ['sun', 'sun'] }, { name: 'odd' });
    expect(prepareFuture(experiment, fitted, [odd, ...both]).seriesNames).toEqual(['a', 'b']);
  });
  test('has a single row, so that the time of the next is unknown', () => {
    const one = makeExperiment({ ...task, lookback: 1 }, { pipeline });
    const state = prepareForecast(one, both, 'made').fitted;
    const future = prepareFuture(one, state, [makeData('a', 1, 1), makeData('b', 2)]);
    expect(future.seriesNames).toEqual(['b']);
    expect(future.notes).toEqual(['Series "a" has 1 row, and 2 are needed: no forecast for it.']);
  });
  test('is one of many in a single note', () => {
    const many = Array.from({ length: 6 }, (_, index) => makeData(`s${index}`, index, 2));
    const { notes } = prepareFuture(experiment, fitted, [...many, ...both]);
    expect(notes).toEqual([
      '6 series have fewer rows than the 4 that are needed: no forecast for "s0", "s1", "s2", "s3", "s4", "s5".',
    ]);
  });
});

describe('refuses', () => {
  const refusal = (series: readonly Series[], state: unknown = fitted, own = experiment) =>
    errorOf(() => prepareFuture(own, state, series));

  test('a series shorter than the look-back', () => {
    const error = refusal([makeData('a', 1, 3)]);
    expect(error.code).toBe('too-few-rows');
    expect(error.message).toContain('has 3 rows, but a forecast needs the last 4');
  });
  test('series that are all shorter than the look-back', () => {
    const error = refusal([makeData('a', 1, 2), makeData('b', 2, 3)]);
    expect(error.code).toBe('too-few-rows');
    expect(error.message).toBe(
      'A forecast needs the last 4, its look-back, but none of the 2 series has as many rows: the longest, "b", has 3; give them more rows.',
    );
  });
  test('a single row, which says nothing of the time of the next', () => {
    const one = makeExperiment({ ...task, lookback: 1 }, { pipeline });
    const state = prepareForecast(one, both, 'made').fitted;
    expect(refusal([makeData('a', 1, 1)], state, one).message).toBe(
      'Series "a" has 1 row, but a forecast needs 2, to know the time between them; give it more rows, or leave it out.',
    );
  });
  test('a series that was not trained on, where scaling is by series', () => {
    const error = refusal([makeData('new', 1)]);
    expect(error.code).toBe('not-found');
    expect(error.message).toContain('"new" was not in the training data');
  });
  test('data without a column', () => {
    const error = refusal([makeSeries({ y: wave(ROWS) }, { name: 'a' })]);
    expect(error.code).toBe('unknown-column');
    expect(error.message).toContain('"weather"');
  });
  test('a state that is none', () => {
    for (const state of [null, {}, { version: 1, inputs: [], steps: [{ step: 'log' }] }]) {
      const error = refusal(both, state);
      expect(error.code).toBe('invalid-input');
      expect(error.message).toContain('The fitted pipeline of this run cannot be read');
    }
  });
  test('a state of other inputs', () => {
    const other = makeExperiment({ ...task, features: ['y'] }, { pipeline });
    const error = refusal(both, fitted, other);
    expect(error.message).toContain('was trained with the inputs y, weather=fog');
  });
});

test('a series that was not trained on, where scaling is over all series', () => {
  const overAll = makeExperiment(
    { ...task, features: ['y'] },
    { pipeline: [{ step: 'fill' }, { step: 'standardize', scope: 'all' }] },
  );
  const state = prepareForecast(overAll, both, 'made').fitted;
  const future = prepareFuture(overAll, state, [makeData('new', 5)]);
  expect(future.seriesNames).toEqual(['new']);
});
