// The test of Diebold and Mariano (1995): whether the mean of the differences of two forecasters' losses is 0. Errors of forecasts over
// h steps overlap for h - 1 origins, so the variance has the autocovariances up to there; the correction for small samples and Student's
// t are those of Harvey, Leybourne and Newbold (1997).
import { twoSidedT } from './student-t.ts';

export interface DieboldMariano {
  /** Of the losses: below 0 the first one has the smaller ones. */
  readonly difference: number;
  /** Standard deviation of that mean. */
  readonly error: number;
  /** With Harvey's correction. */
  readonly statistic: number;
  /** Two-sided. */
  readonly pValue: number;
}

/** Origins that a test takes at least, beside twice the steps ahead. */
const FEWEST = 10;

/** @param differences first loss less second one, by origin; null: too few origins for the steps ahead */
export function dieboldMariano(differences: Float64Array, steps: number): DieboldMariano | null {
  const n = differences.length;
  if (n < Math.max(FEWEST, 2 * steps)) return null;
  const difference = mean(differences);
  const variance = longRunVariance(differences, difference, steps - 1);
  if (variance === 0) {
    const pValue = difference === 0 ? 1 : 0;
    return {
      difference,
      error: 0,
      statistic: difference === 0 ? 0 : Math.sign(difference) * Infinity,
      pValue,
    };
  }
  const error = Math.sqrt(variance / n);
  const correction = Math.sqrt((n + 1 - 2 * steps + (steps * (steps - 1)) / n) / n);
  const statistic = (correction * difference) / error;
  return { difference, error, statistic, pValue: twoSidedT(statistic, n - 1) };
}

/** Autocovariances up to `lags`, of even weight; where that is not positive, with the falling weights of Bartlett. */
function longRunVariance(values: Float64Array, center: number, lags: number): number {
  const covariances = Array.from({ length: lags + 1 }, (_, lag) => autocovariance(values, center, lag));
  const sum = (weight: (lag: number) => number): number =>
    covariances.reduce((total, value, lag) => total + (lag === 0 ? 1 : 2) * weight(lag) * value, 0);
  const even = sum(() => 1);
  return even > 0
    ? even
    : Math.max(
        0,
        sum((lag) => 1 - lag / (lags + 1)),
      );
}

function autocovariance(values: Float64Array, center: number, lag: number): number {
  let sum = 0;
  for (let at = lag; at < values.length; at += 1)
    sum += (values[at]! - center) * (values[at - lag]! - center);
  return sum / values.length;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Holm (1979): p values of several tests, each raised for the number of tests that are no clearer; in the order given. */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).toSorted((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length).fill(Number.NaN);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[index]!));
    adjusted[index] = largest;
  });
  return adjusted;
}
