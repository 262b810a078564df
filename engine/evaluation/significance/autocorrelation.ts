// Autocorrelation of a series of errors, and the test of Ljung and Box (1978): whether what is left over could have been forecast.
import { upperChiSquared } from './student-t.ts';

export interface Autocorrelation {
  /** [lags] from lag 1 on; NaN for a series that does not vary. */
  readonly values: readonly number[];
  /** Of Ljung and Box over all lags. */
  readonly statistic: number;
  readonly pValue: number;
  /** Beyond plus or minus this an autocorrelation is unlikely to be chance (5 %). */
  readonly bound: number;
}

/** @param errors without missing values */
export function autocorrelation(errors: Float64Array, lags: number): Autocorrelation {
  const n = errors.length;
  const center = errors.reduce((sum, value) => sum + value / n, 0);
  const covariance = (lag: number): number => {
    let sum = 0;
    for (let at = lag; at < n; at += 1) sum += (errors[at]! - center) * (errors[at - lag]! - center);
    return sum;
  };
  const variance = covariance(0);
  const values = Array.from(
    { length: Math.min(lags, n - 1) },
    (_, index) => covariance(index + 1) / variance,
  );
  const statistic =
    n * (n + 2) * values.reduce((sum, value, index) => sum + (value * value) / (n - index - 1), 0);
  const pValue = Number.isNaN(statistic) ? Number.NaN : upperChiSquared(statistic, values.length);
  return { values, statistic, pValue, bound: 1.96 / Math.sqrt(n) };
}
