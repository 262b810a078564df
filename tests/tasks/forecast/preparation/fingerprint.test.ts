// The protocol fingerprint depends on what is scored on the test part, and on nothing else.
import { describe, expect, test } from 'vitest';
import type { Series } from '../../../../engine/data/series.ts';
import { prepareForecast } from '../../../../engine/tasks/forecast/preparation/prepare.ts';
import { makeExperiment, makeSeries, START_US, wave } from '../../../data/made-series.ts';

const ROWS = 80;
/** First row of the test part: 56 + 12 rows come before it. */
const TEST_FROM = 68;

type Input = Readonly<Record<string, unknown>>;

interface Variant {
  readonly task?: Input;
  readonly rest?: Input;
  readonly series?: readonly Series[];
  readonly dataset?: string;
}

interface Change {
  readonly row?: number;
  readonly value?: number;
  readonly name?: string;
  readonly startUs?: bigint;
}

function makeData(change: Change = {}): Series {
  const y = wave(ROWS);
  if (change.row !== undefined) y[change.row] = change.value ?? y[change.row]! + 1e-12;
  return makeSeries({ y, x: wave(ROWS, 7), z: wave(ROWS, 9) }, { name: 'main', ...change });
}

function fingerprint({ task, rest, series, dataset }: Variant = {}): string {
  const experiment = makeExperiment(
    { targets: ['y', 'x'], ...task },
    { pipeline: [{ step: 'fill' }], ...rest },
  );
  return prepareForecast(experiment, series ?? [makeData()], dataset ?? 'made').fingerprint;
}

const evaluation = (value: Input) => ({ rest: { evaluation: value } });
const standardized = { scale: 'standardized' };
const withTrainChange = { series: [makeData({ row: 10, value: 40 })] };

test('is a SHA-256 in hex, fixed for these data', () => {
  expect(fingerprint()).toMatch(/^[0-9a-f]{64}$/);
  // A change of this value breaks the comparison with runs that are stored: give the protocol a new version.
  const exact = makeSeries({ y: Array.from({ length: 40 }, (_, row) => row % 7), x: new Array(40).fill(2) });
  expect(fingerprint({ series: [exact] })).toBe(
    'ddb5b059de43422fcb8989a48b7e042a7ff62bc001cc770fe508041d09a09a44',
  );
});

describe('does not change with', () => {
  const same: Record<string, Variant> = {
    'the look-back': { task: { lookback: 9 } },
    'the features': { task: { features: ['z'] } },
    'the pipeline': {
      rest: { pipeline: [{ step: 'log' }, { step: 'standardize' }, { step: 'subtract-last' }] },
    },
    'model, seed and training': {
      rest: { model: { kind: 'lstm', units: 9 }, seed: 5, training: { epochs: 1 } },
    },
    'the training stride and the loss': { task: { stride: 3, loss: 'mae' } },
    'the order of targets and metrics': { task: { targets: ['x', 'y'], metrics: ['mse', 'rmse', 'mae'] } },
    "the dataset's name": { dataset: 'other' },
    'the season of a baseline': evaluation({ season: 3 }),
    'a value that is not scored': { series: [makeData({ row: TEST_FROM - 1 })] },
    'where validation begins': {
      rest: { split: { kind: 'date', validationFrom: '2000-02-10', testFrom: '2000-03-09' } },
    },
    'a batch size that drops nothing': evaluation({ dropPartialBatchOf: 11 }),
  };
  test.each(Object.entries(same))('%s', (_name, variant) => {
    expect(fingerprint(variant)).toBe(fingerprint());
  });
});

describe('changes with', () => {
  const other: Record<string, Variant> = {
    'the last bits of the first true value': { series: [makeData({ row: TEST_FROM })] },
    'the last bits of the last true value': { series: [makeData({ row: ROWS - 1 })] },
    'a true value that goes missing': { series: [makeData({ row: 75, value: NaN })] },
    'the times': { series: [makeData({ startUs: START_US + 1n })] },
    "the series' name": { series: [makeData({ name: 'else' })] },
    'another series': { series: [makeData(), makeData({ name: 'second' })] },
    'the horizon': { task: { horizon: 3 } },
    'the targets': { task: { targets: ['y'] } },
    'the metrics': { task: { metrics: ['mae'] } },
    'where the test begins': { rest: { split: { kind: 'fraction', train: 0.7, validation: 0.2 } } },
    'the unit': evaluation(standardized),
    'a last batch that is dropped': evaluation({ dropPartialBatchOf: 4 }),
  };
  test.each(Object.entries(other))('%s', (_name, variant) => {
    expect(fingerprint(variant)).not.toBe(fingerprint());
  });

  test('each of these differently', () => {
    const all = Object.values(other).map(fingerprint);
    expect(new Set(all).size).toBe(all.length);
  });
});

test('a missing value is not the same as 0', () => {
  const zero = fingerprint({ series: [makeData({ row: 75, value: 0 })] });
  expect(fingerprint({ series: [makeData({ row: 75, value: NaN })] })).not.toBe(zero);
  expect(fingerprint({ series: [makeData({ row: 75, value: -0 })] })).toBe(zero);
});

test('the scaler is part of standardized scores only', () => {
  expect(fingerprint(withTrainChange)).toBe(fingerprint());
  const scaled = evaluation(standardized);
  expect(fingerprint({ ...withTrainChange, ...scaled })).not.toBe(fingerprint(scaled));
});

test('blocks of rows do not show: long series, two targets swapped row by row', () => {
  // The test part is longer than a block of rows.
  const long = 40_000;
  const a = wave(long, 1);
  const b = wave(long, 2);
  const plain = fingerprint({ series: [makeSeries({ y: a, x: b })] });
  const changed = fingerprint({ series: [makeSeries({ y: a.with(39_500, 1), x: b })] });
  const swapped = fingerprint({ series: [makeSeries({ y: b, x: a })] });
  expect(new Set([plain, changed, swapped]).size).toBe(3);
});
