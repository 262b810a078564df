// Every way in which an experiment and its data do not match: one error with a code and a sentence that says what to do.
import { describe, expect, test } from 'vitest';
import type { Series } from '../../../../engine/data/series.ts';
import { columnsNeeded, prepareForecast } from '../../../../engine/tasks/forecast/preparation/prepare.ts';
import { errorOf, type MadeColumns, makeExperiment, makeSeries, wave } from '../../../data/made-series.ts';

const columns: MadeColumns = {
  y: wave(60),
  close: wave(60, 2),
  holes: wave(60, 3).map((value, row) => (row === 4 || row === 50 ? NaN : value)),
  weather: wave(60).map((value) => (value > 10 ? 'sun' : 'rain')),
};

type Input = Readonly<Record<string, unknown>>;

interface Expected {
  readonly task?: Input;
  readonly rest?: Input;
  readonly series?: readonly Series[];
  readonly code: string;
  readonly says: readonly string[];
}

function prepare({ task, rest, series }: Pick<Expected, 'task' | 'rest' | 'series'>) {
  return prepareForecast(makeExperiment(task, rest), series ?? [makeSeries(columns)], 'made');
}

const dates = (validationFrom: string, testFrom: string) => ({
  split: { kind: 'date', validationFrom, testFrom },
});
const huge = (row: number, value: number) => wave(60).map((usual, at) => (at === row ? value : usual));

const cases: Record<string, Expected> = {
  'unknown target': {
    task: { targets: ['clse'] },
    code: 'unknown-column',
    says: [
      'made has no column "clse" (did you mean "close"?)',
      'task.targets',
      '"y", "close", "holes", "weather"',
    ],
  },
  'unknown target beside features': {
    task: { targets: ['xyzzy'], features: ['y'] },
    code: 'unknown-column',
    says: ['made has no column "xyzzy", which task.targets names'],
  },
  'unknown feature': {
    task: { features: ['y', 'volume'] },
    code: 'unknown-column',
    says: ['"volume"', 'task.features'],
  },
  'category target': {
    task: { targets: ['weather'], features: ['y'] },
    code: 'invalid-input',
    says: ['"weather" cannot be a target', 'category'],
  },
  'a column twice': { task: { targets: ['y', 'y'] }, code: 'invalid-input', says: ['"y" twice'] },
  'unknown series': {
    task: { series: ['mein'] },
    code: 'not-found',
    says: ['no series "mein" (did you mean "main"?)', 'task.series'],
  },
  'no series at all': { series: [], code: 'too-few-rows', says: ['no series'] },
  'a series without rows': {
    series: [makeSeries({ y: [] })],
    code: 'too-few-rows',
    says: ['0 rows'],
  },
  'a series without rows, split by date': {
    series: [makeSeries({ y: [] })],
    rest: dates('2000-01-05', '2000-01-07'),
    code: 'too-few-rows',
    says: ['0 rows'],
  },
  'too few training rows': {
    task: { lookback: 40, horizon: 10 },
    code: 'too-few-rows',
    says: [
      'the training part of made has 42 rows (of 60)',
      'look-back 40 + horizon 10 = 50',
      'lower task.lookback or task.horizon',
    ],
  },
  'too few validation rows': {
    task: { horizon: 10 },
    rest: { split: { kind: 'fraction', train: 0.7, validation: 0.1 } },
    code: 'too-few-rows',
    says: ['the validation part of made has 6 rows', 'horizon = 10', 'lower task.horizon'],
  },
  'an embargo longer than the data': {
    rest: { split: { kind: 'count', train: 40, validation: 10, test: 10, embargo: 60 } },
    code: 'too-few-rows',
    says: [
      'the validation part of made has 0 rows',
      'lower split.embargo or task.horizon, or move the split',
    ],
  },
  'an embargo that leaves no test': {
    rest: { split: { kind: 'count', train: 20, validation: 10, test: 10, embargo: 15 } },
    code: 'too-few-rows',
    says: ['the test part of made has 0 rows', 'lower split.embargo'],
  },
  'all rows skipped': {
    rest: { split: { kind: 'count', train: 20, validation: 10, test: 10, skip: 100 } },
    code: 'too-few-rows',
    says: ['the training part of made has 0 rows', 'lower split.skip or task.lookback or task.horizon'],
  },
  'too few test rows': {
    task: { horizon: 8 },
    rest: dates('2000-02-05', '2000-02-25'),
    code: 'too-few-rows',
    says: ['the test part of made has 5 rows'],
  },
  'a split without a test part': {
    rest: dates('2000-02-05', '2000-03-01'),
    code: 'invalid-input',
    says: ['split.testFrom (2000-03-01) lies outside the data: the data run from 2000-01-01 to 2000-02-29'],
  },
  'a target without training values': {
    task: { targets: ['y', 'late'], features: ['y'] },
    series: [makeSeries({ y: wave(60), late: wave(60).map((value, row) => (row < 45 ? NaN : value)) })],
    code: 'too-few-rows',
    says: ['The target "late" of series "main" has no value in the training part'],
  },
  'no training window with a known target': {
    task: { targets: ['late'], features: ['y'] },
    series: [makeSeries({ y: wave(60), late: wave(60).map((value, row) => (row < 45 ? NaN : value)) })],
    code: 'too-few-rows',
    says: ['No window of the training part of made has a known target'],
  },
  'a category feature without one-hot': {
    task: { features: ['y', 'weather'] },
    code: 'invalid-input',
    says: ['"weather" is a category column', 'one-hot'],
  },
  'missing inputs without fill': {
    task: { features: ['holes', 'y'] },
    rest: { pipeline: [{ step: 'standardize' }] },
    code: 'invalid-input',
    says: ['"holes" of series "main" lacks 2 of 60 values, the first at 2000-01-05', 'step fill'],
  },
  'missing categories without fill': {
    task: { features: ['w', 'y'] },
    series: [makeSeries({ y: wave(60), w: wave(60).map((_, row) => (row === 7 ? null : 'on')) })],
    rest: { pipeline: [{ step: 'one-hot' }] },
    code: 'invalid-input',
    says: ['"w" of series "main" lacks 1 of 60 values, the first at 2000-01-08'],
  },
  'log of a value that is not positive': {
    series: [makeSeries({ y: huge(55, -2.5) })],
    rest: { pipeline: [{ step: 'log' }] },
    code: 'invalid-input',
    says: ['log cannot take "y" of series "main": it is -2.5 at 2000-02-25'],
  },
  'log of a cell filled with zero': {
    series: [makeSeries({ y: huge(50, NaN) })],
    rest: { pipeline: [{ step: 'fill', method: 'zero' }, { step: 'log' }] },
    code: 'invalid-input',
    says: ['it is 0 at 2000-02-20, where a missing value was filled'],
  },
  'log with nothing to act on': {
    series: [makeSeries({ y: wave(60).map((value) => -value) })],
    rest: { pipeline: [{ step: 'log' }] },
    code: 'invalid-input',
    says: ['Pipeline step 1 (log) has nothing to act on'],
  },
  'a step on a column that takes no part': {
    rest: { pipeline: [{ step: 'fill' }, { step: 'standardize', columns: ['close'] }] },
    code: 'unknown-column',
    says: ['Pipeline step 2 (standardize) names "close"', 'neither a feature nor a target', '"y"'],
  },
  'standardize on a category': {
    task: { features: ['y', 'weather'] },
    rest: { pipeline: [{ step: 'one-hot' }, { step: 'standardize', columns: ['weather'] }] },
    code: 'invalid-input',
    says: ['cannot act on "weather": it is a category column'],
  },
  'one-hot on a number': {
    rest: { pipeline: [{ step: 'one-hot', columns: ['y'] }] },
    code: 'invalid-input',
    says: ['cannot act on "y": it is a numeric column'],
  },
  'fill on a target that is no feature': {
    task: { features: ['close'] },
    rest: { pipeline: [{ step: 'fill', columns: ['y'] }] },
    code: 'invalid-input',
    says: ['targets are never filled'],
  },
  'a metric that does not exist': {
    task: { metrics: ['mae', 'rsme'] },
    code: 'invalid-input',
    says: ['There is no metric "rsme"', 'task.metrics takes mae, mse, rmse'],
  },
  'a step after subtract-last': {
    rest: { pipeline: [{ step: 'subtract-last' }, { step: 'standardize' }] },
    code: 'invalid-input',
    says: ['standardize comes after subtract-last', 'move subtract-last to the end'],
  },
  'an infinite value': {
    series: [makeSeries({ y: huge(58, Infinity) })],
    code: 'invalid-input',
    says: ['"y" of series "main" is infinite at 2000-02-28'],
  },
  'a value beyond float32': {
    series: [makeSeries({ y: huge(58, 1e39) })],
    code: 'invalid-input',
    says: ['1e+39 after the pipeline at 2000-02-28'],
  },
  'training values that overflow': {
    task: { features: ['x'] },
    series: [makeSeries({ y: wave(60), x: wave(60).map((value) => (value > 10 ? 1.5e308 : -1.5e308)) })],
    rest: { pipeline: [{ step: 'standardize' }] },
    code: 'invalid-input',
    says: ['"x" are too large'],
  },
  'a feature of a series without training values': {
    task: { features: ['x', 'y'] },
    series: [makeSeries({ y: wave(60), x: wave(60).map((value, row) => (row < 50 ? NaN : value)) })],
    rest: { pipeline: [{ step: 'standardize' }] },
    code: 'too-few-rows',
    says: ['"x" of series "main" has no value in the training part'],
  },
  'a batch size that drops every test window': {
    rest: { evaluation: { dropPartialBatchOf: 32 } },
    code: 'invalid-input',
    says: ['dropPartialBatchOf is 32, but the test part has only 8 windows'],
  },
};

describe('prepareForecast refuses', () => {
  test.each(Object.entries(cases))('%s', (_name, expected) => {
    const error = errorOf(() => prepare(expected));
    expect(error.message).toContain(expected.says[0]);
    for (const part of expected.says) expect(error.message).toContain(part);
    expect(error.code).toBe(expected.code);
    expect(error.message).toMatch(/^\S.*\.$/);
  });
});

describe('what is allowed', () => {
  test('missing targets that are no inputs are masked and noted', () => {
    const prepared = prepare({ task: { targets: ['holes'], features: ['y'] } });
    expect(prepared.notes.join()).toContain('The target "holes" of series "main" lacks 2 of 60 values');
  });

  test('targets that lack equally many values share a note', () => {
    const holes = (...rows: number[]) =>
      wave(60).map((value, row) => (rows.includes(row) ? Number.NaN : value));
    const series = [makeSeries({ y: wave(60), a: holes(3, 4), b: holes(3, 4), c: holes(9) })];
    const { notes } = prepare({ series, task: { targets: ['a', 'b', 'c'], features: ['y'] } });
    const lacking = notes.filter((note) => note.includes('neither trained on nor scored'));
    expect(lacking).toEqual([
      expect.stringContaining('The targets "a", "b" of series "main" lack 2 of 60 values each: they'),
      expect.stringContaining('The target "c" of series "main" lacks 1 of 60 values: they'),
    ]);
  });

  test('series that lack values share a note, which names those that lack most', () => {
    const holes = (count: number) =>
      wave(60).map((value, row) => (row >= 10 && row < 10 + count ? Number.NaN : value));
    const named = (name: string, count: number) => makeSeries({ y: wave(60), a: holes(count) }, { name });
    const series = [named('p', 1), named('q', 4), named('r', 0), named('s', 2), named('t', 3)];
    const task = { targets: ['a'], features: ['y'] };
    const { notes } = prepare({ series, task });
    expect(notes.filter((note) => note.includes('lacks'))).toEqual([
      'The target "a" lacks 10 of 240 values in 4 of 5 series, most in "q" (4), "t" (3) and "s" (2): they are neither trained on nor scored.',
    ]);
    const two = prepare({ series: series.slice(0, 3), task }).notes;
    expect(two.join()).toContain('lacks 5 of 120 values in 2 of 3 series, in "q" (4) and "p" (1): they');
  });

  test('a series without windows in a part is noted', () => {
    const series = [makeSeries(columns), makeSeries({ y: wave(8) }, { name: 'short' })];
    const rest = { split: { kind: 'fraction', train: 0.7, validation: 0.15, cut: 'series' } };
    const { notes, windows } = prepare({ series, task: { lookback: 5 }, rest });
    expect(notes.join()).toContain(
      '1 of 2 series have no window in the parts "train", "validation": "short"',
    );
    expect(windows.train.series.includes(1)).toBe(false);
  });

  test('a series without windows in several parts is noted once, with thousands separated', () => {
    const many = Array.from({ length: 1_200 }, (_, index) =>
      makeSeries({ y: wave(3) }, { name: `s${index}` }),
    );
    const series = [makeSeries({ y: wave(60) }), ...many];
    const rest = { split: { kind: 'fraction', train: 0.7, validation: 0.15, cut: 'series' } };
    const { notes } = prepare({ series, task: { targets: ['y'], features: ['y'], lookback: 5 }, rest });
    const absent = notes.filter((note) => note.includes('have no window'));
    expect(absent).toEqual([
      expect.stringMatching(
        /^1,200 of 1,201 series have no window in the parts "train", "validation", "test": "s0", .* and 1,188 more\.$/,
      ),
    ]);
  });

  test('only the chosen series take part, in the order of the dataset', () => {
    const series = ['a', 'b', 'c'].map((name) => makeSeries({ y: wave(60) }, { name }));
    const prepared = prepare({ series, task: { series: ['c', 'a'] } });
    expect(prepared.series.map((one) => one.name)).toEqual(['a', 'c']);
    expect(prepared.parts.map((part) => part.rows)).toEqual([84, 18, 18]);
  });

  test('parts tell rows, windows and times', () => {
    const us = (day: string) => Date.parse(day) * 1000;
    expect(prepare({}).parts).toEqual([
      { part: 'train', rows: 42, windows: 37, fromUs: us('2000-01-01'), toUs: us('2000-02-11') },
      { part: 'validation', rows: 9, windows: 8, fromUs: us('2000-02-12'), toUs: us('2000-02-20') },
      { part: 'test', rows: 9, windows: 8, fromUs: us('2000-02-21'), toUs: us('2000-02-29') },
    ]);
  });
});

test('columnsNeeded: features, then targets, each once', () => {
  expect(columnsNeeded(makeExperiment().task)).toEqual(['y']);
  expect(columnsNeeded(makeExperiment({ features: ['b', 'y'], targets: ['y', 'a'] }).task)).toEqual([
    'b',
    'y',
    'a',
  ]);
});

describe('what is asked for and not there is said', () => {
  const notesOf = (task: Input, rest: Input = {}): string => prepare({ task, rest }).notes.join('\n');

  test('test rows behind the end of the data', () => {
    const split = { kind: 'count', train: 40, validation: 10, test: 20 };
    expect(notesOf({}, { split })).toContain(
      'The test part has 10 of the 20 rows that split.test asks for: the data end before.',
    );
    expect(notesOf({}, { split: { ...split, test: 10 } })).not.toContain('split.test');
  });

  test('fields of intervals without intervals', () => {
    expect(notesOf({ quantiles: [0.1, 0.5, 0.9], calibrationShare: 0.3 })).toContain(
      'task.quantiles and task.calibrationShare have no effect: the task forecasts no intervals (task.intervals).',
    );
    expect(notesOf({ loss: 'pinball', calibrationShare: 0.3 })).toContain(
      'task.calibrationShare has no effect: the task forecasts no calibrated intervals',
    );
    expect(notesOf({ loss: 'pinball', quantiles: [0.1, 0.5, 0.9] })).not.toContain('no effect');
  });
});
