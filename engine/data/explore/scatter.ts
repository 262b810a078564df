// One column over another one, or over itself some rows before: pairs of values for a picture, and the line through all of them.
import type { Scatter } from '../../contract/datasets/explore.ts';
import type { Analysis } from './analysis.ts';
import { pearson } from './correlation.ts';

const MOST_PAIRS = 2_000;

/** Least squares of b[row + lag] on a[row], of the rows that know both. */
function lineOf(a: Float64Array, b: Float64Array, lag: number) {
  let [n, sa, sb, saa, sab] = [0, 0, 0, 0, 0];
  const [first = 0] = a.filter((value) => !Number.isNaN(value));
  for (let row = 0; row + lag < b.length; row++) {
    const [x, y] = [a[row]! - first, b[row + lag]!];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n++;
    sa += x;
    sb += y;
    saa += x * x;
    sab += x * y;
  }
  const spread = n * saa - sa * sa;
  if (n < 2 || !(spread > 0)) return { pairs: n, line: null };
  const slope = (n * sab - sa * sb) / spread;
  return { pairs: n, line: { slope, intercept: (sb - slope * sa) / n - slope * first } };
}

export const scatter: Analysis<Scatter | null> = {
  title: 'one column over another, some rows later',
  run({ columns, lag }) {
    const [a, b = a] = columns;
    if (a === undefined || b === undefined) return null;
    const rows = lag ?? (a === b ? 1 : 0);
    const { pairs, line } = lineOf(a.values, b.values, rows);
    // Evenly over the rows, so that no part of the time is preferred.
    const step = Math.max(1, Math.ceil(pairs / MOST_PAIRS));
    const [x, y]: [number[], number[]] = [[], []];
    let seen = 0;
    for (let row = 0; row + rows < b.values.length; row++) {
      const [left, right] = [a.values[row]!, b.values[row + rows]!];
      if (Number.isNaN(left) || Number.isNaN(right) || seen++ % step > 0) continue;
      x.push(left);
      y.push(right);
    }
    return {
      columns: [a.name, b.name],
      lag: rows,
      pairs,
      correlation: pearson(a.values, b.values, rows),
      line,
      x,
      y,
    };
  },
};
