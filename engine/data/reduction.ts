// Reduces long curves and series to the width of a screen: mean, minimum and maximum of each of a few hundred buckets. A bucket
// without a finite value is NaN in all three, so gaps stay visible.

export interface Reduced {
  /** [buckets] */
  readonly mean: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/** [buckets + 1] first row of each bucket: `rows` rows spread evenly over at most `buckets` buckets. */
export function bucketBounds(rows: number, buckets: number): Int32Array {
  const count = Math.min(rows, buckets);
  const bounds = new Int32Array(count + 1);
  for (let index = 0; index <= count; index++)
    bounds[index] = Math.floor((index * rows) / Math.max(1, count));
  return bounds;
}

/**
 * @param values [rows]
 * @param bounds [buckets + 1] increasing rows
 */
export function reduce(values: Float64Array, bounds: Int32Array): Reduced {
  const positions = bounds.length - 1;
  const reduced = {
    mean: new Float64Array(positions),
    min: new Float64Array(positions),
    max: new Float64Array(positions),
  };
  for (let index = 0; index < positions; index++) {
    let sum = 0;
    let count = 0;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let row = bounds[index]!; row < bounds[index + 1]!; row++) {
      const value = values[row]!;
      if (!Number.isFinite(value)) continue;
      sum += value;
      count++;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    reduced.mean[index] = count > 0 ? sum / count : Number.NaN;
    reduced.min[index] = count > 0 ? min : Number.NaN;
    reduced.max[index] = count > 0 ? max : Number.NaN;
  }
  return reduced;
}

/** A smoothed curve that can be continued when rows are added. */
export interface MovingAverage {
  /** [rows] */
  readonly smooth: Float64Array;
  readonly average: number;
  readonly debias: number;
}

const NOTHING: MovingAverage = { smooth: new Float64Array(), average: 0, debias: 1 };

/**
 * Exponential moving average without the pull to zero at the start: m_t = w m_(t-1) + (1 - w) x_t, shown as m_t / (1 - w^t).
 * Values that are not finite are passed over and stay as they are.
 * @param before of the first rows of the same values, with the same weight: only the rows after them are computed
 */
export function movingAverage(values: Float64Array, weight: number, before = NOTHING): MovingAverage {
  const smooth = new Float64Array(values.length);
  smooth.set(before.smooth);
  let { average, debias } = before;
  for (let row = before.smooth.length; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value)) {
      smooth[row] = value;
      continue;
    }
    average = weight * average + (1 - weight) * value;
    debias *= weight;
    smooth[row] = average / (1 - debias);
  }
  return { smooth, average, debias };
}
