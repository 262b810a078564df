// A reduced grid keeps means and spikes.
import { expect, test } from 'vitest';
import { reduceGrid } from '../../engine/inside/reduce.ts';

const grid = (rows: number, columns: number, value: (row: number, column: number) => number, middle = 0) => ({
  values: Float64Array.from({ length: rows * columns }, (_, at) =>
    value(Math.floor(at / columns), at % columns),
  ),
  rows,
  columns,
  middle,
});

test('nothing is lost where there is room', () => {
  const whole = reduceGrid(
    grid(3, 5, (row, column) => row - column),
    { rows: 3, columns: 5 },
  );
  expect(whole.mean.map((line) => [...line])).toEqual([
    [0, -1, -2, -3, -4],
    [1, 0, -1, -2, -3],
    [2, 1, 0, -1, -2],
  ]);
  expect(whole.extreme).toEqual(whole.mean);
  expect(whole.reach).toBe(4);
});

test('one spike among 500,000 values survives, with its sign', () => {
  const spiky = grid(1_000, 500, (row, column) => (row === 777 && column === 123 ? -9 : 0.5));
  const { rows, columns, mean, extreme, reach } = reduceGrid(spiky, { rows: 90, columns: 70 });
  expect([rows.length, columns.length, reach]).toEqual([90, 70, 9]);
  const line = rows.findIndex(({ from, count }) => from <= 777 && 777 < from + count);
  const cell = columns.findIndex(({ from, count }) => from <= 123 && 123 < from + count);
  expect(extreme[line]![cell]).toBe(-9);
  expect(mean[line]![cell]).toBeGreaterThan(0);
  expect(extreme.flatMap((one) => [...one]).filter((value) => value !== 0.5)).toEqual([-9]);
});

test('every value is in one cell, and cells differ by one row or column at most', () => {
  const { rows, columns } = reduceGrid(
    grid(401, 1_201, () => 0),
    { rows: 400, columns: 1_200 },
  );
  for (const [spans, count] of [
    [rows, 401],
    [columns, 1_201],
  ] as const) {
    expect(spans.reduce((sum, span) => sum + span.count, 0)).toBe(count);
    expect(
      spans.every((span, at) => at === 0 || span.from === spans[at - 1]!.from + spans[at - 1]!.count),
    ).toBe(true);
    expect(Math.max(...spans.map((span) => span.count))).toBe(2);
  }
});

test('a gate is farthest from one half', () => {
  const { extreme, reach } = reduceGrid(
    grid(1, 4, (_, column) => [0.5, 0.9, 0.05, 0.6][column]!, 0.5),
    { rows: 1, columns: 1 },
  );
  expect(extreme[0]![0]).toBeCloseTo(0.05, 6);
  expect(reach).toBeCloseTo(0.45, 6);
});
