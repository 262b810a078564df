// What of a series is trend, what is season, and what neither explains: STL of its last rows.
import type { Decomposition } from '../../contract/datasets/explore.ts';
import { bucketBounds, reduce } from '../reduction.ts';
import { type Analysis, type Explored, type ExploredColumn, lastRows } from './analysis.ts';
import { stl, trendWidth } from './stl.ts';

const MOST_ROWS = 200_000;
/** Rows times the window of the trend: about two seconds. */
const MOST_WORK = 5e7;
const POINTS = 600;

/** Missing values on the line between their neighbours: for the picture alone, nothing of it is stored. */
export function bridged(values: Float64Array): Float64Array {
  const filled = values.slice();
  let before = -1;
  for (let row = 0; row <= values.length; row++) {
    if (row < values.length && Number.isNaN(values[row]!)) continue;
    const [left, right] = [values[before], values[row]];
    for (let i = before + 1; i < row; i++) {
      const share = (i - before) / (row - before);
      filled[i] = left === undefined ? right! : right === undefined ? left : left + share * (right - left);
    }
    before = row;
  }
  return filled;
}

function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length;
}

/** Share of the variance of a part with the residual that is not the residual's (Wang, Smith, Hyndman 2006). */
function strength(part: Float64Array, residual: Float64Array): number {
  const both = variance(part.map((value, i) => value + residual[i]!));
  return both > 0 ? Math.max(0, 1 - variance(residual) / both) : 0;
}

function decompose({ name, values }: ExploredColumn, { times, season, period }: Explored): Decomposition {
  const cycle = Math.round(period ?? season ?? 0);
  const most = Math.min(MOST_ROWS, Math.floor(MOST_WORK / trendWidth(Math.max(2, cycle))));
  const last = lastRows(values, Math.max(most, 2 * cycle));
  const missing = last.reduce((count, value) => count + Number(Number.isNaN(value)), 0);
  const empty = { column: name, period: cycle, rows: 0, missing, strength: null, times: [], parts: [] };
  if (cycle < 2 || last.length < 2 * cycle || missing === last.length) return empty;
  const observed = bridged(last);
  const { trend, seasonal, residual } = stl(observed, cycle);
  const bounds = bucketBounds(last.length, POINTS);
  const from = values.length - last.length;
  const parts = Object.entries({ observed, trend, seasonal, residual }).map(([part, of]) => {
    const { mean, min, max } = reduce(of, bounds);
    return { name: part, mean: [...mean], min: [...min], max: [...max] };
  });
  return {
    ...empty,
    rows: last.length,
    strength: { trend: strength(trend, residual), seasonal: strength(seasonal, residual) },
    times: [...bounds.subarray(0, -1)].map((row) => Number(times[from + row])),
    parts,
  };
}

export const decomposition: Analysis<Decomposition[]> = {
  title: 'trend, season and residual (STL)',
  run: (explored) => explored.columns.map((column) => decompose(column, explored)),
};
