// One target of one series, as metrics that compare with the past see it. What takes a pass over the rows is found when it is asked
// for, once.
import type { Evaluation } from '../contract/experiment/experiment.ts';
import type { PreparedForecast } from '../data/prepared.ts';
import { bridge } from './baselines/bridge.ts';
import { CompensatedSum } from './metrics/compensated-sum.ts';
import { type Naive2, naive2Of } from './naive2.ts';
import { seasonOfSeries } from './season-of-series.ts';

export interface Channel {
  readonly series: string;
  readonly target: string;
  /** All known values of the training part are equal. */
  readonly isConstant: boolean;
  /** Of the training part, by the value one season before; NaN where no two known values are a season apart. */
  seasonalError(): SeasonalError;
  /** Naive2 with the season of the training part. */
  naive2(): Naive2;
  /** The last known value at or before that row; NaN where there is none. */
  lastKnown(row: number): number;
}

export interface SeasonalError {
  /** Rows of a season; 1 where the rows suggest none. */
  readonly season: number;
  /** Mean of the absolute errors, and root of the mean of their squares. */
  readonly mean: number;
  readonly root: number;
}

type ChannelData = Pick<PreparedForecast, 'series' | 'targetNames'>;

/** By series, then by target. */
export function channelsOf(
  { series, targetNames }: ChannelData,
  evaluation: Pick<Evaluation, 'season'>,
): Channel[][] {
  return series.map((one) =>
    targetNames.map((target, index) => {
      const values = one.actuals[index]!;
      let found: SeasonalError | undefined;
      let naive2: Naive2 | undefined;
      return {
        series: one.name,
        target,
        isConstant: one.trainStd[index] === 0,
        seasonalError() {
          found ??= seasonalErrorOf(values.subarray(0, one.trainRows), seasonOfSeries(one, evaluation) ?? 1);
          return found;
        },
        naive2() {
          const bridged = () => bridge(values.subarray(0, one.trainRows), one.trainMean[index]!);
          naive2 ??= naive2Of(bridged(), seasonOfSeries(one, evaluation));
          return naive2;
        },
        lastKnown(row) {
          let at = row;
          while (at >= 0 && Number.isNaN(values[at])) at -= 1;
          return at < 0 ? Number.NaN : values[at]!;
        },
      };
    }),
  );
}

function seasonalErrorOf(training: Float64Array, season: number): SeasonalError {
  const sum = new CompensatedSum();
  const squares = new CompensatedSum();
  let largest = 0;
  let count = 0;
  for (let row = season; row < training.length; row += 1) {
    const size = Math.abs(training[row]! - training[row - season]!);
    if (Number.isNaN(size)) continue;
    largest = Math.max(largest, size);
    sum.add(size);
    count += 1;
  }
  if (count === 0) return { season, mean: Number.NaN, root: Number.NaN };
  if (largest === 0) return { season, mean: 0, root: 0 };
  for (let row = season; row < training.length; row += 1) {
    // As shares of the largest, whose squares neither overflow nor vanish.
    const share = (training[row]! - training[row - season]!) / largest;
    if (!Number.isNaN(share)) squares.add(share * share);
  }
  return { season, mean: sum.total() / count, root: largest * Math.sqrt(squares.total() / count) };
}

/** Why errors cannot be divided by the seasonal error, as a clause; null where they can. */
export function noSeasonalError(channel: Channel): string | null {
  if (channel.isConstant) return 'the training part is constant';
  const { season, mean } = channel.seasonalError();
  if (Number.isNaN(mean)) return `no two known training values are a season (${season} rows) apart`;
  return mean > 0 ? null : `the training part repeats the season before (${season} rows) exactly`;
}
