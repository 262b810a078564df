// What metrics refuse before a run is made, what they leave out, and what they warn of.
import { describe, expect, test } from 'vitest';
import type { Series } from '../../engine/data/series.ts';
import { metricNotes, requireScorable } from '../../engine/evaluation/metric-requirements.ts';
import { METRICS } from '../../engine/evaluation/metrics/registry.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { errorOf, makeExperiment, makeSeries, wave } from '../data/made-series.ts';

function ask(series: readonly Series[], metric: string, { evaluation = {}, task = {} } = {}) {
  const experiment = makeExperiment({ metrics: [...new Set(['mae', metric])], ...task }, { evaluation });
  const prepared = prepareForecast(experiment, series, 'made');
  return {
    fingerprint: prepared.fingerprint,
    notes: metricNotes(prepared, experiment),
    require: () => requireScorable(prepared, experiment),
  };
}

const changed = (change: (value: number, row: number) => number, name = 'main') =>
  makeSeries({ y: wave(100).map(change) }, { name });
const flatInTraining = (name: string) => changed((value, row) => (row < 70 ? 7 : value), name);

test.each([
  [
    'mape',
    'a zero in the test part',
    changed((v, row) => (row === 90 ? 0 : v)),
    'in the test part it divides by true values, and 1 of 15 values of y of series "main" is 0',
  ],
  [
    'mape',
    'zeros in the validation part',
    changed((v, row) => (row > 79 && row < 82 ? -0 : v)),
    'in the validation part it divides by true values, and 2 of 15 values of y of series "main" are 0',
  ],
  ['wape', 'nothing but zeros', changed((v, row) => (row > 84 ? 0 : v)), 'all 0'],
  ['r2', 'true values that are all alike', changed((v, row) => (row > 84 ? 5 : v)), 'no spread to explain'],
  ['mase', 'a training part that is constant', flatInTraining('main'), 'the training part is constant'],
  [
    'rmsse',
    'a training part that repeats its season',
    changed((_, row) => (row < 70 ? row % 7 : row)),
    'repeats the season before',
  ],
])('%s refuses %s', (metric, _, series, reason) => {
  const error = errorOf(ask([series], metric).require);
  expect(error).toMatchObject({ code: 'invalid-input', details: { field: 'task.metrics', metric } });
  expect(error.message).toContain(`task.metrics names ${metric}`);
  expect(error.message).toContain(reason);
});

test('a season longer than the training part leaves MASE nothing to divide by', () => {
  const { require } = ask([changed((value) => value)], 'mase', { evaluation: { season: 80 } });
  expect(require).toThrow('no two known training values are a season (80 rows) apart');
});

test('a metric that is named twice is refused', () => {
  const { require } = ask([changed((value) => value)], 'mae', { task: { metrics: ['mae', 'mse', 'mae'] } });
  expect(errorOf(require).message).toBe('task.metrics names mae twice; take one of them out.');
});

const OF_VALUES = METRICS.filter(({ needsQuantiles }) => !needsQuantiles).map(({ name }) => name);

test.each(OF_VALUES)('%s takes ordinary data, without a note', (metric) => {
  const { require, notes } = ask([changed((value) => value)], metric);
  expect(require).not.toThrow();
  expect(notes).toEqual([]);
});

describe('a series that is constant in training', () => {
  test('is left out of MASE and named', () => {
    const { require, notes } = ask([changed((value) => value, 'a'), flatInTraining('b')], 'mase');
    expect(require).not.toThrow();
    expect(notes).toEqual(['MASE leaves out "b": the training part is constant.']);
  });

  test('as one of several targets is named with its series', () => {
    const series = makeSeries({ y: wave(100), z: wave(100).map((value, row) => (row < 70 ? 7 : value)) });
    const { notes } = ask([series], 'rmsse', { task: { targets: ['y', 'z'] } });
    expect(notes.join()).toMatch(/^RMSSE leaves out "z of main": the training part is constant/);
  });
});

test('MAPE warns of values near zero', () => {
  const near = changed((value, row) => (row > 95 ? 1e-6 : value));
  expect(ask([near], 'mape').notes.join()).toContain(
    'MAPE on the test part: it is ruled by values near zero: 4 of 15 values of y of series "main" are below 1 % of their mean size.',
  );
});

test('zeros that no window forecasts do no harm', () => {
  expect(ask([changed((value, row) => (row < 60 ? 0 : value))], 'mape').require).not.toThrow();
});

test('the protocol covers what MASE divides by', () => {
  const one = changed((value) => value);
  const other = changed((value, row) => (row === 10 ? value * 3 : value));
  expect(ask([one], 'mae').fingerprint).toBe(ask([other], 'mae').fingerprint);
  expect(ask([one], 'mase').fingerprint).not.toBe(ask([other], 'mase').fingerprint);
  expect(ask([one], 'mase').fingerprint).not.toBe(
    ask([one], 'mase', { evaluation: { season: 5 } }).fingerprint,
  );
});
