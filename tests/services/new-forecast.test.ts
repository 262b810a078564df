// The view of a forecast of new data: the rows before it and the forecast after them, series by series.
import { expect, test } from 'vitest';
import type { NewSeries } from '../../engine/contract/processes/jobs/version.ts';
import type { ForecastFrame } from '../../engine/contract/results/forecast.ts';
import { viewOf } from '../../engine/services/forecasts/new-forecast.ts';

const STEP = 1_000;

function seriesOf(name: string, rows: number, first: number): NewSeries {
  return {
    name,
    times: BigInt64Array.from({ length: rows }, (_, row) => BigInt((first + row) * STEP)),
    columns: [
      {
        name: 'b',
        kind: 'numeric',
        values: Float64Array.from({ length: rows }, (_, row) => -row),
        categories: [],
      },
      {
        name: 'a',
        kind: 'numeric',
        values: Float64Array.from({ length: rows }, (_, row) => row),
        categories: [],
      },
    ],
  };
}

/** Two steps of the targets a and b for the series y, then x. */
function framed(): ForecastFrame {
  const rows = [0, 1].flatMap((series) =>
    [1, 2].flatMap((step) => [0, 1].map((target) => ({ series, step, target }))),
  );
  const origins = [10 + 7, 20 + 11];
  return {
    header: {
      runId: 1,
      part: 'future',
      series: ['y', 'x'],
      targets: ['a', 'b'],
      baselines: [],
      levels: [],
      reasons: [],
      training: [],
      leftOut: [],
    },
    columns: {
      series: Int32Array.from(rows, ({ series }) => series),
      origin: BigInt64Array.from(rows, ({ series }) => BigInt(origins[series]! * STEP)),
      time: BigInt64Array.from(rows, ({ series, step }) => BigInt((origins[series]! + step) * STEP)),
      step: Int32Array.from(rows, ({ step }) => step),
      target: Int32Array.from(rows, ({ target }) => target),
      forecast: Float64Array.from(rows, ({ series, step, target }) => 100 * series + 10 * step + target),
      actual: new Float64Array(rows.length).fill(Number.NaN),
      baseline: [],
      quantile: [],
      unscored: [],
    },
  };
}

test('each series keeps its last rows, and its forecast follows them', () => {
  const given = [seriesOf('x', 12, 20), seriesOf('z', 5, 0), seriesOf('y', 8, 10)];
  const { header, columns } = viewOf(framed(), given, 3);
  expect(header).toEqual({
    series: ['y', 'x'],
    levels: [],
    targets: ['a', 'b'],
    notes: [],
    horizon: 2,
    originsUs: [17 * STEP, 31 * STEP],
  });
  // Four horizons of the past, since the look-back is shorter: eight rows each, then two ahead.
  expect([...columns.series]).toEqual([...Array(10).fill(0), ...Array(10).fill(1)]);
  expect([...columns.time].map((at) => at / STEP)).toEqual([
    ...Array.from({ length: 10 }, (_, row) => 10 + row),
    ...Array.from({ length: 10 }, (_, row) => 24 + row),
  ]);
  expect([...columns.actual[0]!.slice(10)]).toEqual([4, 5, 6, 7, 8, 9, 10, 11, NaN, NaN]);
  expect([...columns.actual[1]!.slice(0, 8)]).toEqual([-0, -1, -2, -3, -4, -5, -6, -7]);
  expect([...columns.forecast[0]!.slice(7, 10)]).toEqual([NaN, 10, 20]);
  expect([...columns.forecast[1]!.slice(17)]).toEqual([NaN, 111, 121]);
});

test('a long look-back is shown whole, and a short file as far as it goes', () => {
  const given = [seriesOf('x', 12, 20), seriesOf('y', 8, 10)];
  const { columns } = viewOf(framed(), given, 10);
  expect([...columns.series].filter((series) => series === 0)).toHaveLength(8 + 2);
  expect([...columns.series].filter((series) => series === 1)).toHaveLength(10 + 2);
});
