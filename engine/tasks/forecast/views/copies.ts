// Whether a model copies the last value that it saw: its forecasts then look right, but come late.
import type { Residuals } from '../../../contract/results/residuals.ts';
import { shareText } from '../../../words/share-text.ts';

/** One forecast of one step: when, what, and what was true. */
export interface Pair {
  /** Microseconds UTC of the row that was forecast. */
  readonly time: number;
  readonly truth: number;
  readonly forecast: number;
  /** The last known value at the origin. */
  readonly last: number;
}

/** A forecast that moves less than this share of what the truth moves, and lies nearer to the last value than to the truth, is a copy. */
const LEAST_MOVE = 0.25;

/** @param pairs of neighbouring origins, `step` ahead each */
export function copiesOf(pairs: readonly Pair[], step: number): Residuals['copies'] {
  const fromLast = meanSize(pairs.map(({ forecast, last }) => forecast - last));
  const fromTruth = meanSize(pairs.map(({ forecast, truth }) => forecast - truth));
  const truthFromLast = meanSize(pairs.map(({ truth, last }) => truth - last));
  const distances = Array.from({ length: 2 * step + 1 }, (_, lag) =>
    meanSize(pairs.slice(lag).map(({ forecast }, at) => forecast - pairs[at]!.truth)),
  );
  const lag = distances.reduce((best, value, at) => (value < distances[best]! ? at : best), 0);
  const isCopy = lag >= step && fromLast < fromTruth && fromLast < LEAST_MOVE * truthFromLast;
  const ahead = step === 1 ? '1 step' : `${step} steps`;
  const share = fromLast / truthFromLast;
  const words = isCopy
    ? `It copies: its forecasts ${ahead} ahead stay at the last value (they move ${shareText(share, 0)} as far as the truth does) and resemble the truth of ${lag === 1 ? '1 step' : `${lag} steps`} before.`
    : `It does not copy the last value: its forecasts ${ahead} ahead move ${Number.isFinite(share) ? shareText(share, 0) : 'more than nothing'} as far from it as the truth does.`;
  return { fromLast, fromTruth, truthFromLast, lag, isCopy, words };
}

function meanSize(values: readonly number[]): number {
  const known = values.filter(Number.isFinite);
  return known.reduce((sum, value) => sum + Math.abs(value), 0) / known.length;
}
