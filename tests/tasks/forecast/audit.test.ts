// The leak audit finds nothing in our own pipelines, and each leak that is planted into one.
import { expect, test } from 'vitest';
import type { PreparedForecast } from '../../../engine/data/prepared.ts';
import type { Series } from '../../../engine/data/series.ts';
import { audit } from '../../../engine/tasks/forecast/audit.ts';
import { prepareForecast } from '../../../engine/tasks/forecast/preparation/prepare.ts';
import { DAY_US, makeExperiment, makeRandom, makeSeries, START_US, wave } from '../../data/made-series.ts';

const ROWS = 300;
const gaps = (values: readonly number[]) => values.map((value, row) => (row % 17 === 3 ? Number.NaN : value));
const data = [
  makeSeries({ y: wave(ROWS), x: gaps(wave(ROWS, 4)), w: wave(ROWS).map((v) => (v > 10 ? 'a' : 'b')) }),
];
const PIPELINE = [
  { step: 'fill' },
  { step: 'log', columns: ['y'] },
  { step: 'one-hot' },
  { step: 'standardize' },
  { step: 'subtract-last' },
];

const experimentOf = (rest: object = {}) =>
  makeExperiment({ features: ['y', 'x', 'w'] }, { pipeline: PIPELINE, ...rest });

/** What a model would make of its inputs: their sum, in the units that forecasts come back in. */
function forecast(prepared: PreparedForecast, window: number): Float64Array {
  const set = prepared.windows.test;
  const batch = prepared.createBatch(1);
  prepared.gather(set, [window], batch);
  const sum = batch.inputs.reduce((total, value) => total + value / 100, 0);
  return prepared.toOriginal(set, [window], new Float32Array(prepared.horizon).fill(sum));
}

function audited(prepare: (series: readonly Series[]) => PreparedForecast, series: readonly Series[] = data) {
  return audit({ runId: 1, series, knownAhead: [], prepare, forecast, uniform: makeRandom(2) });
}

/** Changes a column before the pipeline sees it. */
const planted =
  (column: string, change: (values: Float64Array) => Float64Array) =>
  (series: readonly Series[]): PreparedForecast => {
    const changed = series.map((one) => ({
      ...one,
      columns: one.columns.map((each) =>
        each.name === column ? { ...each, values: change(each.values) } : each,
      ),
    }));
    return prepareForecast(experimentOf(), changed, 'made');
  };

const mean = (values: Float64Array) => {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

test.each([{}, { split: { kind: 'count', train: 150, validation: 50, skip: 20, embargo: 3 } }])(
  'our own pipeline leaks nothing: %j',
  (rest) => {
    const found = audited((series) => prepareForecast(experimentOf(rest), series, 'made'));
    expect(found).toMatchObject({ origins: 6, leaks: [] });
    expect(found.words).toContain('No leak found');
  },
);

const PLANTED: Readonly<Record<string, (values: Float64Array) => Float64Array>> = {
  'a scaler fitted on all rows': (values) => values.map((value) => value - mean(values)),
  'a fill from later values': (values) =>
    values.map((value, row) => (Number.isNaN(value) ? mean(values.subarray(row)) : value)),
  'a centred window': (values) =>
    values.map((value, row) =>
      Number.isNaN(value) ? value : mean(values.slice(Math.max(0, row - 2), row + 3)),
    ),
  'a feature of the future': (values) => values.map((value, row) => values[row + 1] ?? value),
};

test.each(Object.entries(PLANTED))('%s is caught and its column named', (_, change) => {
  const found = audited(planted('x', change));
  expect(found.leaks.length).toBeGreaterThan(0);
  expect(found.words).toMatch(/^Leak: /);
  // Standardizing takes a shift back, so that only the pipeline has changed.
  expect(found.leaks.every(({ what, columns }) => columns.includes('x') || what.includes('pipeline'))).toBe(
    true,
  );
});

test('series that are cut at their own rows, so that one trains on the future of the other', () => {
  const late = START_US + 250n * DAY_US;
  const two = [
    makeSeries({ y: wave(ROWS) }, { name: 'a' }),
    makeSeries({ y: wave(ROWS, 3) }, { name: 'b', startUs: late }),
  ];
  const prepareCut = (cut: string) => (series: readonly Series[]) =>
    prepareForecast(
      makeExperiment(
        {},
        {
          split: { kind: 'fraction', train: 0.7, validation: 0.15, cut },
          pipeline: [{ step: 'standardize', scope: 'all' }],
        },
      ),
      series,
      'made',
    );
  const found = audited(prepareCut('series'), two);
  expect(found.leaks.some(({ what }) => what.includes('pipeline'))).toBe(true);
  expect(found.words).toContain('split.cut time');
});
