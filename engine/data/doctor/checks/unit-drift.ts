// A column whose unit changes: from some time on its values are about ten, a hundred, a thousand times those before, and stay so.
import { quantiles } from '../../statistics.ts';
import { type ColumnCheck, timesOf } from '../check.ts';
import { sampleOf } from '../sample.ts';

const SEGMENTS = 24;
const FEWEST_ROWS = 10 * SEGMENTS;
/** Medians of one side lie this close together. */
const CLOSE = 3;
const FACTORS = [10, 100, 1_000, 1_000_000, 3.6, 60, 3_600];
const TOLERANCE = 0.25;

/** Values of a segment that are looked at. */
const MOST_OF_SEGMENT = 2_048;

function medianSize(values: Float64Array): number {
  const some = sampleOf(values, MOST_OF_SEGMENT);
  const sizes = new Float64Array(some.length);
  let count = 0;
  for (const value of some) if (!Number.isNaN(value) && value !== 0) sizes[count++] = Math.abs(value);
  return count === 0 ? Number.NaN : quantiles(sizes.subarray(0, count), [0.5])[0]!;
}

const areClose = (medians: readonly number[]): boolean => {
  const known = medians.filter((value) => !Number.isNaN(value));
  return known.length >= 2 && Math.max(...known) <= CLOSE * Math.min(...known);
};

const middle = (medians: readonly number[]): number =>
  quantiles(Float64Array.from(medians.filter((value) => !Number.isNaN(value))), [0.5])[0]!;

/** The first row from there on that is nearer to the other side. */
function borderRow(values: Float64Array, from: number, before: number, after: number): number {
  const border = Math.sqrt(before * after);
  for (let row = from; row < values.length; row++) {
    const value = Math.abs(values[row]!);
    if (value > 0 && value > border === after > before) return row;
  }
  return from;
}

/** A trend reaches the same ratio, step by step: a unit changes between two rows. */
function jumpsAt(values: Float64Array, row: number, factor: number): boolean {
  const length = Math.ceil(values.length / SEGMENTS);
  const before = medianSize(values.subarray(Math.max(0, row - length), row));
  const after = medianSize(values.subarray(row, row + length));
  return 2 * Math.max(before / after, after / before) >= factor;
}

export const unitDrift: ColumnCheck = {
  id: 'unit-drift',
  find(examined) {
    const { column, series, values } = examined;
    if (values.length < FEWEST_ROWS) return null;
    const at = (segment: number) => Math.floor((segment * values.length) / SEGMENTS);
    const medians = Array.from({ length: SEGMENTS }, (_, i) => medianSize(values.subarray(at(i), at(i + 1))));
    for (let cut = 2; cut <= SEGMENTS - 2; cut++) {
      // The segment in which it happens belongs to neither side.
      const [left, right] = [medians.slice(0, cut), medians.slice(cut + 1)];
      if (!areClose(left) || !areClose(right)) continue;
      const [before, after] = [middle(left), middle(right)];
      const ratio = Math.max(before, after) / Math.min(before, after);
      const factor = FACTORS.find((one) => Math.abs(ratio / one - 1) < TOLERANCE);
      if (factor === undefined || ratio < CLOSE) continue;
      const row = borderRow(values, at(cut), before, after);
      if (!jumpsAt(values, row, factor)) continue;
      const span = { from: row, to: values.length };
      const by = after > before ? 1 / factor : factor;
      return {
        spans: [span],
        count: values.length - row,
        words:
          `has values from there on that are about ${after > before ? factor : `1/${factor}`} of those before, as if its unit changed`.replace(
            `about ${factor} of`,
            `about ${factor} times`,
          ),
        remedy: {
          words: `multiply the later values by ${by}`,
          options: { scale: [{ column, series, ...timesOf(examined, span), factor: by }] },
        },
      };
    }
    return null;
  },
};
