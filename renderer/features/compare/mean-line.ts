// The mean of the curves of a study's runs, with the band from the smallest to the largest. Pure.
import type { Line } from '../../charts/draw.ts';

export interface Curve {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export type MeanCurve = Required<Pick<Line, 'x' | 'y' | 'min' | 'max'>>;

/** Ends with the shortest of them: after that the mean would jump. */
export function meanCurve(curves: readonly Curve[]): MeanCurve | null {
  const drawn = curves.filter(({ x }) => x.length > 0);
  const shortest = drawn.toSorted((a, b) => lastOf(a) - lastOf(b))[0];
  if (!shortest) return null;
  const x = Float64Array.from(shortest.x);
  const [y, min, max] = [new Float64Array(x.length), new Float64Array(x.length), new Float64Array(x.length)];
  for (let point = 0; point < x.length; point++) {
    const values = drawn.map((curve) => valueAt(curve, x[point]!)).filter(Number.isFinite);
    y[point] = values.reduce((sum, value) => sum + value / values.length, values.length > 0 ? 0 : Number.NaN);
    min[point] = Math.min(...values);
    max[point] = Math.max(...values);
  }
  return { x, y, min, max };
}

const lastOf = ({ x }: Curve): number => x[x.length - 1] ?? 0;

/** Between two points on the straight line; NaN outside the curve. */
function valueAt({ x, y }: Curve, at: number): number {
  let low = 0;
  let high = x.length - 1;
  if (at < x[low]! || at > x[high]!) return Number.NaN;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= at) low = middle;
    else high = middle;
  }
  if (at === x[low]) return y[low]!;
  const share = (at - x[low]!) / (x[high]! - x[low]!);
  return y[low]! + share * (y[high]! - y[low]!);
}
