// What a model sees of the rows ahead: columns that are known there and the calendar, up to the horizon and no further; which series a
// window is of; and windows that are normalised by themselves.
import { describe, expect, test } from 'vitest';
import type { PreparedForecast } from '../../../../engine/data/prepared.ts';
import { prepareFuture } from '../../../../engine/tasks/forecast/ahead/future.ts';
import { audit } from '../../../../engine/tasks/forecast/audit.ts';
import { prepareForecast } from '../../../../engine/tasks/forecast/preparation/prepare.ts';
import {
  DAY_US,
  errorOf,
  makeExperiment,
  makeRandom,
  makeSeries,
  START_US,
  wave,
} from '../../../data/made-series.ts';

type Fields = Readonly<Record<string, unknown>>;

const ROWS = 120;
const HORIZON = 3;
const price = Array.from({ length: ROWS }, (_, row) => row + 0.5);
const data = () => makeSeries({ y: wave(ROWS), price });
const asked = (task: Fields = {}, rest: Fields = {}) =>
  makeExperiment({ features: ['y', 'price'], horizon: HORIZON, knownAhead: ['price'], ...task }, rest);

function inputsOf(prepared: PreparedForecast, window: number): (input: string, back: number) => number {
  const batch = prepared.createBatch(1);
  prepared.gather(prepared.windows.test, [window], batch);
  const { inputNames, lookback } = prepared;
  return (input, back) =>
    batch.inputs[(lookback - 1 - back) * inputNames.length + inputNames.indexOf(input)]!;
}

describe('columns that are known ahead', () => {
  test('are seen at every row up to the horizon', () => {
    const prepared = prepareForecast(asked(), [data()], 'made');
    expect(prepared.inputNames).toEqual(['y', 'price', `price, ${HORIZON} ahead`]);
    const input = inputsOf(prepared, 5);
    const origin = prepared.windows.test.origin[5]!;
    expect([0, 1, 2, 3].map((back) => input('price', back))).toEqual(
      [0, 1, 2, 3].map((back) => price[origin - back]),
    );
    expect([0, 1, 2].map((back) => input(`price, ${HORIZON} ahead`, back))).toEqual([
      price[origin + 3],
      price[origin + 2],
      price[origin + 1],
    ]);
  });

  test('change nothing of what is scored', () => {
    const [with_, without] = [{}, { knownAhead: undefined }].map(
      (task) => prepareForecast(asked(task), [data()], 'made').fingerprint,
    );
    expect(with_).toBe(without);
  });

  test('are kept by the audit; the same inputs unmarked are a leak', () => {
    const look = (knownAhead: readonly string[]) =>
      audit({
        runId: 1,
        series: [data()],
        knownAhead,
        prepare: (series) => prepareForecast(asked(), series, 'made'),
        forecast: (prepared, window) => Float64Array.of(inputsOf(prepared, window)('price, 3 ahead', 0)),
        uniform: makeRandom(2),
      });
    expect(look(['price']).leaks).toEqual([]);
    expect(look([]).leaks[0]).toMatchObject({ what: ['inputs', 'forecast'], columns: ['price, 3 ahead'] });
  });

  test('must be given for what comes after the last row', () => {
    const prepared = prepareForecast(asked(), [data()], 'made');
    const future = (rows: number, given: (row: number) => number) => {
      const y = Array.from({ length: ROWS + rows }, (_, row) => (row < ROWS ? wave(ROWS)[row]! : Number.NaN));
      const prices = Array.from({ length: ROWS + rows }, (_, row) => given(row));
      return prepareFuture(asked({}, { pipeline: [{ step: 'fill' }] }), prepared.fitted, [
        makeSeries({ y, price: prices }),
      ]);
    };
    const windows = future(HORIZON, (row) => row + 0.5);
    expect(windows.originTimes[0]).toBe(START_US + BigInt(ROWS - 1) * DAY_US);
    expect([...windows.times]).toEqual([0n, 1n, 2n].map((step) => START_US + (BigInt(ROWS) + step) * DAY_US));
    const batch = windows.createBatch(1);
    windows.gather(windows.windows, [0], batch);
    expect(batch.inputs.at(-1)).toBe(ROWS + HORIZON - 0.5);
    expect(() => future(HORIZON - 1, (row) => row)).toThrow(
      '"price" is to be known ahead (task.knownAhead), but series "main" has no value of it at 2000-05-02',
    );
    expect(() => future(HORIZON, (row) => (row === ROWS + 1 ? Number.NaN : row))).toThrow('2000-05-01');
  });

  test.each([
    [{ knownAhead: ['y'] }, 'which is forecast: what is forecast is not known ahead'],
    [{ knownAhead: ['prices'] }, 'names "prices" (did you mean "price"?), which is none of task.features'],
    [{ horizon: 5 }, 'the horizon of 5 rows is longer than the look-back of 4; raise task.lookback'],
  ])('refused before a run is made: %j', (task, message) => {
    const error = errorOf(() => prepareForecast(asked(task), [data()], 'made'));
    expect(error.code).toBe('invalid-input');
    expect(error.message).toContain(message);
  });
});

test('the calendar is known ahead, also behind the last row, and no step changes it', () => {
  const task = { features: ['y'], knownAhead: undefined, calendar: ['weekday'] };
  const experiment = asked(task, { pipeline: [{ step: 'standardize' }, { step: 'subtract-last' }] });
  const prepared = prepareForecast(experiment, [data()], 'made');
  const input = inputsOf(prepared, 0);
  // Rows from a Saturday on: seven rows are a week.
  const origin = prepared.windows.test.origin[0]!;
  const angle = (row: number) => (2 * Math.PI * ((row + 5) % 7)) / 7;
  expect(input('weekday sine', 1)).toBeCloseTo(Math.sin(angle(origin - 1)), 6);
  expect(input('weekday cosine, 3 ahead', 0)).toBeCloseTo(Math.cos(angle(origin + 3)), 6);
  const future = prepareFuture(experiment, prepared.fitted, [data()]);
  const batch = future.createBatch(1);
  future.gather(future.windows, [0], batch);
  const at = (name: string) => batch.inputs.at(-future.inputNames.length + future.inputNames.indexOf(name));
  expect(at('weekday sine')).toBeCloseTo(Math.sin(angle(ROWS - 1)), 6);
  expect(at('weekday sine, 3 ahead')).toBeCloseTo(Math.sin(angle(ROWS + 2)), 6);
});

test('an input for each series says which one a window is of; a series that is unknown is refused', () => {
  const experiment = makeExperiment({ seriesIdentity: true });
  const series = ['a', 'b'].map((name, at) => makeSeries({ y: wave(ROWS, at + 1) }, { name }));
  const prepared = prepareForecast(experiment, series, 'made');
  expect(prepared.inputNames).toEqual(['y', 'is series a', 'is series b']);
  const window = prepared.windows.test.series.indexOf(1);
  const input = inputsOf(prepared, window);
  expect([input('is series a', 0), input('is series b', 3)]).toEqual([0, 1]);
  const ahead = prepareFuture(experiment, prepared.fitted, [series[1]!]);
  expect(ahead.inputNames).toEqual(prepared.inputNames);
  const other = makeSeries({ y: wave(ROWS) }, { name: 'c' });
  expect(() => prepareFuture(experiment, prepared.fitted, [other])).toThrow('"c" is none of them: "a", "b"');
});

describe('revin', () => {
  const pipeline = [{ step: 'standardize' }, { step: 'revin' }];
  const prepare = (y: readonly number[]) =>
    prepareForecast(makeExperiment({ lookback: 12 }, { pipeline }), [makeSeries({ y })], 'made');

  test('a window has mean 0 and deviation 1; level and size of the series do not matter', () => {
    const [one, other] = [wave(ROWS), wave(ROWS).map((value) => 1e4 + 300 * value)].map(prepare);
    const values = (prepared: PreparedForecast) =>
      Array.from({ length: 12 }, (_, back) => inputsOf(prepared, 3)('y', back));
    const mean = values(one!).reduce((sum, value) => sum + value / 12, 0);
    expect(mean).toBeCloseTo(0, 6);
    expect(values(one!).reduce((sum, value) => sum + (value - mean) ** 2 / 12, 0)).toBeCloseTo(1, 3);
    values(other!).forEach((value, back) => {
      expect(value).toBeCloseTo(values(one!)[back]!, 3);
    });
  });

  test('what was changed of the targets is put back', () => {
    const y = wave(ROWS);
    const prepared = prepare(y);
    const { test: set } = prepared.windows;
    const batch = prepared.createBatch(2);
    prepared.gather(set, [0, 4], batch);
    const back = prepared.toOriginal(set, [0, 4], batch.targets);
    const rows = [0, 4].flatMap((window) => [1, 2].map((step) => set.origin[window]! + step));
    rows.forEach((row, at) => {
      expect(back[at]).toBeCloseTo(y[row]!, 4);
    });
  });

  test('stands at the end, and not beside subtract-last', () => {
    const refusal = (steps: object[]) =>
      errorOf(() => prepareForecast(makeExperiment({}, { pipeline: steps }), [data()], 'made')).message;
    expect(refusal([{ step: 'revin' }, { step: 'standardize' }])).toContain('move revin to the end');
    expect(refusal([{ step: 'subtract-last' }, { step: 'revin' }])).toContain('leave one of them out');
  });
});
