// Breaks the line of a chart at gaps in time, by a point without values between the rows around a gap. No point spans a gap.
import type { Gap } from '../time-grid.ts';

export interface Broken {
  /** [points + 1] first row of each point, and the row after the last. */
  readonly bounds: Int32Array;
  /** Points that a break comes before, in order. */
  readonly breaks: readonly number[];
}

/**
 * The points with a border and a break at each gap that can be seen: one longer than a point is wide. Shorter ones lie within a point or
 * beside one, where a break would be narrower than a pixel.
 */
export function brokenAt(bounds: Int32Array, times: Float64Array, gaps: readonly Gap[]): Broken {
  const [first = 0, end = 0] = [bounds[0], bounds.at(-1)];
  const points = bounds.length - 1;
  const width = points > 0 ? (times[end - 1]! - times[first]!) / points : 0;
  const seen = gaps
    .map(({ row }) => row)
    .filter((row) => row > first && row < end)
    .filter((row) => end - first === points || times[row]! - times[row - 1]! > width);
  if (seen.length === 0) return { bounds, breaks: [] };
  const merged = Int32Array.from(new Set([...bounds, ...seen])).sort();
  const rows = new Set(seen);
  return { bounds: merged, breaks: [...merged.keys()].filter((point) => rows.has(merged[point]!)) };
}

/** The values of the points, with NaN where the line breaks. */
export function withBreaks(values: Float64Array, breaks: readonly number[]): Float64Array {
  if (breaks.length === 0) return values;
  const out = new Float64Array(values.length + breaks.length).fill(Number.NaN);
  let from = 0;
  [...breaks, values.length].forEach((to, broken) => {
    out.set(values.subarray(from, to), from + broken);
    from = to;
  });
  return out;
}

interface Points extends Broken {
  /** [rows] */
  readonly times: Float64Array;
}

/** The time of each point's first or last row; a break lies in the middle of its gap. */
export function timesOf({ bounds, breaks, times }: Points, which: 'first' | 'last'): Float64Array {
  const points = Float64Array.from({ length: bounds.length - 1 }, (_, point) =>
    which === 'first' ? times[bounds[point]!]! : times[bounds[point + 1]! - 1]!,
  );
  const out = withBreaks(points, breaks);
  breaks.forEach((point, broken) => {
    const row = bounds[point]!;
    out[point + broken] = (times[row - 1]! + times[row]!) / 2;
  });
  return out;
}
