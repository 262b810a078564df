// Fields that an experiment leaves out are decided by the data; fields that are given stay unchanged.
import { describe, expect, test } from 'vitest';
import type { DatasetFacts } from '../../engine/contract/datasets/dataset.ts';
import { type Experiment, ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { asComputed, completeExperiment, leaveToData } from '../../engine/defaults/experiment.ts';

const DAY_US = 86_400e6;
const facts = (frequency: string | null, rows: number, days = rows): DatasetFacts => ({
  frequency,
  rows,
  series: 1,
  startUs: 0,
  endUs: (days - 1) * DAY_US,
});
const minimal = {
  name: 'x',
  dataset: { name: 'data' },
  task: { kind: 'forecast', targets: ['y'] },
  model: { kind: 'lstm' },
};
const complete = (of: DatasetFacts | null, written: object = minimal): Experiment =>
  ExperimentSchema.parse(completeExperiment(written, of));

describe('an experiment that names data, target and kind of model alone', () => {
  test.each([
    ['1 month', 700, 21_000, 36, 12, 12],
    ['1 day', 5_000, 7_300, 30, 5, null],
    ['1 day', 1_461, 1_461, 28, 7, null],
    ['1 hour', 17_420, 726, 168, 24, 24],
    ['10 minutes', 50_000, 347, 288, 48, 48],
    ['1 week', 2_000, 14_000, 312, 48, 26],
    ['irregular', 5_000, 5_000, 48, 12, null],
    ['1 year', 300, 109_500, 48, 12, null],
  ])('%s, %i rows', (frequency, rows, days, lookback, horizon, segment) => {
    const { task, model } = complete(facts(frequency, rows, days));
    expect(task).toMatchObject({ lookback, horizon });
    expect(model).toMatchObject({
      segment: segment === null ? null : { length: segment, stride: segment },
    });
  });

  test('few rows: a wider model, smaller batches, a higher rate; never a look-back that fills the training part', () => {
    expect(complete(facts('1 month', 700))).toMatchObject({
      model: { units: 64 },
      training: {
        batchSize: 16,
        epochs: 60,
        optimizer: { learningRate: 0.006 },
        schedule: { kind: 'cosine' },
      },
    });
    expect(complete(facts('1 hour', 9_000))).toMatchObject({
      model: { units: 32 },
      training: { batchSize: 32, epochs: 40, optimizer: { learningRate: 0.003 } },
    });
    expect(complete(facts('1 hour', 100))).toMatchObject({
      task: { lookback: 20, horizon: 20 },
      model: { segment: null },
    });
    expect(complete(facts(null, 3))).toMatchObject({ task: { lookback: 1, horizon: 1 } });
  });

  test('is valid for every kind of model', () => {
    for (const kind of ['rnn', 'gru', 'lstm', 'attention', 'encoder-decoder']) {
      const written = { ...minimal, model: { kind } };
      expect(complete(facts('1 hour', 9_000), written).model).toMatchObject({ kind, units: 32 });
    }
  });
});

test('hours with gaps are read two days at a time, so that windows fit between them', () => {
  const hours = (rows: number) => ({ ...facts('1 hour', rows), endUs: 1_199 * 3_600e6 });
  expect(complete(hours(1_190)).task).toMatchObject({ lookback: 168 });
  expect(complete(hours(1_054))).toMatchObject({
    task: { lookback: 48, horizon: 24 },
    model: { segment: { length: 24, stride: 24 } },
  });
  // Of several series, which may begin at other times, and of months nobody knows how many rows there should be.
  expect(complete({ ...hours(1_054), series: 2 }).task).toMatchObject({ lookback: 105 });
  expect(complete({ ...facts('1 month', 300), endUs: 12_000 * DAY_US }).task).toMatchObject({ lookback: 36 });
});

describe('the calendar', () => {
  const years = facts('1 day', 1_461);
  const calendarOf = (of: DatasetFacts, task: object = {}, model: object = { kind: 'lstm' }) => {
    const completed = complete(of, { ...minimal, task: { ...minimal.task, ...task }, model });
    return (completed.task as { calendar?: unknown }).calendar;
  };

  test('of daily rows over three years the model sees the time of the year', () => {
    expect(calendarOf(years)).toEqual(['time-of-year']);
    expect(calendarOf(facts('1 day', 1_096))).toEqual(['time-of-year']);
    expect(calendarOf(facts('1 day', 1_095))).toBeUndefined();
    expect(calendarOf(facts('1 hour', 50_000, 2_084))).toBeUndefined();
    // Markets, and what walks.
    expect(calendarOf(facts('1 day', 5_000, 7_300))).toBeUndefined();
    const columns = [{ name: 'y', kind: 'numeric' as const, walks: true as const }];
    expect(calendarOf({ ...years, columns })).toBeUndefined();
    for (const kind of ['rnn', 'gru', 'attention', 'encoder-decoder', 'dense'])
      expect(calendarOf(years, {}, { kind }), kind).toEqual(['time-of-year']);
  });

  test('not where it has no room, or the model no use for it', () => {
    expect(calendarOf(years, { horizon: 29 })).toBeUndefined();
    expect(calendarOf(years, { horizon: 29, lookback: 29 })).toEqual(['time-of-year']);
    expect(calendarOf(years, {}, { kind: 'linear' })).toBeUndefined();
    expect(calendarOf(years, {}, { kind: 'gru', channelIndependent: true })).toBeUndefined();
  });

  test('what is written stays, none included, and a copy of an older run reads none', () => {
    expect(calendarOf(years, { calendar: [] })).toEqual([]);
    expect(calendarOf(years, { calendar: ['weekday'] })).toEqual(['weekday']);
    expect(calendarOf(years, asComputed(minimal).task)).toEqual([]);
  });
});

test('what is written stays, field by field', () => {
  const written = {
    ...minimal,
    task: { ...minimal.task, lookback: 10 },
    model: { kind: 'gru', units: 5 },
    training: { epochs: 3 },
  };
  const { task, model, training } = complete(facts('1 month', 700), written);
  expect(task).toMatchObject({ lookback: 10, horizon: 12 });
  // Segments of a season suit the look-back of seasons alone.
  expect(model).toMatchObject({ units: 5, segment: null });
  expect(training).toMatchObject({ epochs: 3, batchSize: 16 });
});

test('what is no experiment is given back as it is', () => {
  for (const odd of [null, 5, 'x', [], {}, { task: 5 }, { task: [] }]) {
    expect(completeExperiment(odd, null)).toBe(odd);
  }
  expect(ExperimentSchema.safeParse(completeExperiment({ ...minimal, model: 5 }, null)).success).toBe(false);
});

test('a checked experiment leaves to the data what was not written', () => {
  const left = leaveToData(complete(null), { ...minimal, training: { optimizer: { learningRate: 0.1 } } });
  expect(left.task).toEqual(expect.not.objectContaining({ lookback: expect.anything() }));
  expect(left.model).toEqual(expect.not.objectContaining({ units: expect.anything() }));
  expect(left.training.optimizer).toBeDefined();
  expect(left.training.epochs).toBeUndefined();
  expect(complete(facts('1 month', 700), left)).toMatchObject({
    task: { lookback: 36 },
    model: { units: 64 },
  });
});

test.each([
  [{}, true],
  [{ features: ['y'] }, true],
  [{ features: ['y', 'x'] }, false],
  [{ features: ['y', 'x'], knownAhead: ['x'] }, false],
  [{ calendar: ['weekday'] }, false],
  [{ seriesIdentity: true }, false],
])('a linear model of the task %j has one map for all columns: %j', (changes, isShared) => {
  const written = { ...minimal, task: { ...minimal.task, ...changes }, model: { kind: 'linear' } };
  expect(complete(facts('1 hour', 700), written).model).toMatchObject({ channelIndependent: isShared });
  // What a file leaves out stays to the data, also where a setting on top of it has changed the inputs.
  const left = leaveToData(complete(null, { ...minimal, model: { kind: 'linear' } }), written);
  expect(left.model).toEqual(expect.not.objectContaining({ channelIndependent: expect.anything() }));
});

describe('inputs and pipeline', () => {
  const column = (name: string, kind: 'numeric' | 'category' = 'numeric') => ({ name, kind });
  const daily = {
    ...facts('1 day', 1_461),
    columns: [column('rain'), column('y'), column('sky', 'category')],
  };
  const steps = (of: DatasetFacts, written: object = minimal) => complete(of, written).pipeline;
  const inputs = (of: DatasetFacts, written: object = minimal) => complete(of, written).task;

  test('of what is measured every day all columns, the targets first; of other data the targets', () => {
    expect(inputs(daily)).toMatchObject({ features: ['y', 'rain', 'sky'] });
    const both = { ...minimal, task: { ...minimal.task, targets: ['sky', 'y'] } };
    expect(inputs(daily, both)).toMatchObject({ features: ['sky', 'y', 'rain'] });
    expect(inputs({ ...daily, frequency: '1 hour' })).toMatchObject({ features: ['y'] });
    // Markets.
    expect(inputs({ ...daily, rows: 1_040 })).toMatchObject({ features: ['y'] });
    const wide = Array.from({ length: 9 }, (_, index) => column(`c${index}`));
    expect(inputs({ ...daily, columns: [column('y'), ...wide] })).toMatchObject({ features: ['y'] });
  });

  test('what is written stays, and what it needs is kept', () => {
    const own = { ...minimal, task: { ...minimal.task, calendar: [], features: ['rain'] } };
    expect(inputs(daily, own)).toMatchObject({ features: ['rain'] });
    const byItself = { ...minimal, model: { kind: 'gru', channelIndependent: true } };
    expect(inputs(daily, byItself)).toMatchObject({ features: ['y'] });
    // Without one-hot a category is no number.
    const plain = { ...minimal, pipeline: [{ step: 'standardize' }] };
    expect(inputs(daily, plain)).toMatchObject({ features: ['y', 'rain'] });
    expect(steps(daily, plain)).toEqual([{ step: 'standardize', scope: 'series' }]);
    expect(inputs(facts('1 day', 1_461))).not.toHaveProperty('features');
  });

  test('logarithms of those columns that are used and walk by shares of their level', () => {
    const prices = [
      { ...column('y'), walks: true as const },
      column('volume'),
      { ...column('open'), walks: true as const },
    ];
    const market = { ...facts('1 day', 5_000, 7_300), columns: prices };
    expect(steps(market).map(({ step }) => step)).toEqual(['fill', 'log', 'standardize', 'subtract-last']);
    expect(steps(market)[1]).toEqual({ step: 'log', columns: ['y'] });
    expect(complete(market)).toMatchObject({ task: { firstForecast: 'zero' }, model: { dropout: 0.5 } });
    expect(complete({ ...market, rows: 900 })).toMatchObject({
      task: { firstForecast: 'zero' },
      model: { dropout: 0 },
    });
    const withOpen = { ...minimal, task: { ...minimal.task, features: ['volume', 'open'] } };
    expect(steps(market, withOpen)[1]).toEqual({ step: 'log', columns: ['y', 'open'] });
    const ofVolume = { ...minimal, task: { ...minimal.task, targets: ['volume'] } };
    expect(steps(market, ofVolume).map(({ step }) => step)).toEqual(['fill', 'standardize', 'subtract-last']);
    expect(inputs(market, ofVolume)).not.toHaveProperty('firstForecast');
    expect(complete(market, ofVolume).model).toMatchObject({ dropout: 0 });
    for (const kind of ['attention', 'encoder-decoder', 'dense', 'linear'])
      expect(complete(market, { ...minimal, model: { kind } }).model).toMatchObject(
        kind === 'linear' ? { kind } : { kind, dropout: 0.5 },
      );
    const ofBoth = { ...minimal, task: { ...minimal.task, targets: ['y', 'volume'] } };
    expect(inputs(market, ofBoth)).not.toHaveProperty('firstForecast');
  });

  test('a copy of a run of before reads its targets, and begins at random', () => {
    const copy = asComputed({ ...minimal, task: { ...minimal.task, lookback: 7, horizon: 2 } });
    const walking = { ...daily, columns: daily.columns.map((one) => ({ ...one, walks: true as const })) };
    expect(inputs(walking, copy)).toMatchObject({ features: ['y'], firstForecast: 'random' });
    expect(inputs(walking)).toMatchObject({ features: ['y', 'rain', 'sky'], firstForecast: 'zero' });
    const own = {
      ...minimal,
      task: { ...minimal.task, calendar: [], features: ['rain'], firstForecast: 'zero' },
    };
    expect(asComputed(own)).toEqual(own);
  });
});
