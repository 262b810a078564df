// Autocorrelation of a column at one lag.

/** Over the pairs of rows that are both known; null where there are fewer than two, or where nothing varies. */
export function autocorrelationAt(values: Float64Array, lag: number): number | null {
  let [count, sum] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
  }
  const mean = sum / count;
  let [variance, covariance, pairs] = [0, 0, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]! - mean;
    if (Number.isNaN(value)) continue;
    variance += value * value;
    const before = row >= lag ? values[row - lag]! - mean : Number.NaN;
    if (Number.isNaN(before)) continue;
    covariance += value * before;
    pairs++;
  }
  return pairs < 2 || variance === 0 ? null : covariance / pairs / (variance / count);
}
