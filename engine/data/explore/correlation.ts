// How columns move together: Pearson's correlation of the rows that both know, and the lag at which it is largest.
import type { Correlation } from '../../contract/datasets/explore.ts';
import type { Analysis } from './analysis.ts';

const FEWEST = 3;
const FEWEST_LAGS = 24;
const MOST_LAGS = 200;
/** Pairs of columns times lags times rows. */
const MOST_WORK = 2e9;

/** Of a[row] and b[row + lag]. */
export function pearson(a: Float64Array, b: Float64Array, lag = 0): number | null {
  let [n, sa, sb] = [0, 0, 0];
  for (let row = 0; row + lag < b.length; row++) {
    const [x, y] = [a[row]!, b[row + lag]!];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n++;
    sa += x;
    sb += y;
  }
  if (n < FEWEST) return null;
  const [ma, mb] = [sa / n, sb / n];
  let [ab, aa, bb] = [0, 0, 0];
  for (let row = 0; row + lag < b.length; row++) {
    const [x, y] = [a[row]! - ma, b[row + lag]! - mb];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null;
}

export const correlation: Analysis<Correlation> = {
  title: 'correlation of columns, and by how many rows one leads',
  run({ columns, season }) {
    const rows = columns[0]?.values.length ?? 0;
    const pairs = Math.max(1, (columns.length * (columns.length - 1)) / 2);
    const wanted = Math.min(MOST_LAGS, Math.max(FEWEST_LAGS, season ?? 0), Math.floor(rows / 4));
    const most = Math.min(wanted, Math.floor(MOST_WORK / (pairs * Math.max(1, rows) * 4)));
    const grid = <T>(value: (i: number, j: number) => T) =>
      columns.map((_, i) => columns.map((__, j) => value(i, j)));
    const at = (i: number, j: number, lag: number) => pearson(columns[i]!.values, columns[j]!.values, lag);
    const matrix = grid((i, j) => at(Math.min(i, j), Math.max(i, j), 0));
    const best = grid((i, j) => {
      let found = { lag: 0, value: matrix[i]![j]! };
      for (let lag = 1; i !== j && lag <= most; lag++) {
        const value = at(i, j, lag);
        if (value !== null && Math.abs(value) > Math.abs(found.value ?? 0)) found = { lag, value };
      }
      return found;
    });
    return {
      columns: columns.map(({ name }) => name),
      matrix,
      lags: best.map((row) => row.map(({ lag }) => lag)),
      lagged: best.map((row) => row.map(({ value }) => value)),
    };
  },
};
