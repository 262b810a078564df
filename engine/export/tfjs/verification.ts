// The check of an exported model: on up to 100 windows its forecasts must agree with those of the run.
//
// Differences are measured in the units of the data, relative to the target's own spread: |theirs - ours| / max(s, |ours - m|),
// with m and s the mean and standard deviation of the target in the training rows of its series. So the limit means the same for
// prices of 100,000, volumes of 1e9 and returns of 0.001: a hundred-thousandth of a standard deviation or, further from the mean
// than one, of that distance.
import { spacedIndices } from '../../data/complete-windows.ts';
import type { ChosenWindows, PreparedForecast } from '../../data/prepared.ts';

export const TOLERANCE = 1e-5;
/** For the card. */
export const MEASURE =
  'largest |theirs - ours| / max(s, |ours - m|) over all values; m and s: mean and standard deviation of the target in the training rows of its series';
const MOST_WINDOWS = 100;

export interface CheckedWindows extends ChosenWindows {
  readonly count: number;
}

/** 100 windows of the test part, evenly spread; where it has fewer, more of validation and training, as far as there are any. */
export function windowsToCheck({ test, validation, train }: PreparedForecast['windows']): CheckedWindows {
  const series: number[] = [];
  const origin: number[] = [];
  for (const set of [test, validation, train]) {
    for (const window of spacedIndices(set.count, MOST_WINDOWS - series.length)) {
      series.push(set.series[window]!);
      origin.push(set.origin[window]!);
    }
  }
  return { count: series.length, series: Int32Array.from(series), origin: Int32Array.from(origin) };
}

export const allOf = ({ count }: CheckedWindows): Int32Array =>
  Int32Array.from({ length: count }, (_, index) => index);

/** As `MEASURE` says; both [windows, horizon, targets] in the units of the data. What is not a number differs infinitely. */
export function largestDifference(
  prepared: PreparedForecast,
  windows: CheckedWindows,
  theirs: ArrayLike<number>,
  ours: ArrayLike<number>,
): number {
  const targets = prepared.targetNames.length;
  const cells = prepared.horizon * targets;
  let most = 0;
  for (let cell = 0; cell < ours.length; cell++) {
    const { trainMean, trainStd } = prepared.series[windows.series[Math.floor(cell / cells)]!]!;
    const target = cell % targets;
    const unit = Math.max(trainStd[target]! || 1, Math.abs(ours[cell]! - trainMean[target]!));
    const difference = Math.abs(theirs[cell]! - ours[cell]!) / unit;
    most = Math.max(most, Number.isNaN(difference) ? Infinity : difference);
  }
  return most;
}
