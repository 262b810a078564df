// Statistics of a column as people look at it: quantiles, histogram, autocorrelation. Shown only: nothing that is trained on
// is estimated here.

export interface NumericSummary {
  readonly count: number;
  readonly mean: number;
  /** Population standard deviation. */
  readonly std: number;
  readonly min: number;
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
  readonly max: number;
}

/** @param known [count] without NaN, in any order */
export function summarize(known: Float64Array): NumericSummary {
  const sorted = known.toSorted();
  const count = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  const variance = sorted.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / count;
  return {
    count,
    mean,
    std: Math.sqrt(variance),
    min: sorted[0] ?? Number.NaN,
    q25: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    q75: quantile(sorted, 0.75),
    max: sorted[count - 1] ?? Number.NaN,
  };
}

/** Linear between the two nearest ranks. */
export function quantile(sorted: Float64Array, fraction: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = (sorted.length - 1) * fraction;
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place - Math.floor(place));
}

/** Rows in each of `classes` equally wide classes from min to max; the last one includes max. */
export function histogram(known: Float64Array, classes: number, min: number, max: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const value of known) {
    const place = max > min ? Math.floor(((value - min) / (max - min)) * classes) : 0;
    counts[Math.min(classes - 1, place)]! += 1;
  }
  return counts;
}

/**
 * Correlation of the rows with those 1 to `lags` before, over the pairs of which both are known, by the mean and variance of all.
 * @param values [rows], NaN where missing
 * @returns [lags]; null for a constant column or fewer than 2 x lags rows
 */
export function autocorrelation(values: Float64Array, lags: number): number[] | null {
  const known = values.filter((value) => !Number.isNaN(value));
  const { mean, std } = summarize(known);
  if (values.length < 2 * lags || !(std > 0)) return null;
  return Array.from({ length: lags }, (_, place) => {
    const lag = place + 1;
    let sum = 0;
    let pairs = 0;
    for (let row = lag; row < values.length; row++) {
      const product = (values[row]! - mean) * (values[row - lag]! - mean);
      if (Number.isNaN(product)) continue;
      sum += product;
      pairs++;
    }
    return pairs > 0 ? sum / pairs / (std * std) : Number.NaN;
  });
}
