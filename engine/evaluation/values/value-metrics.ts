// The metrics of numbers that samples have: those of forecasts that need nothing of the past.
import { HindcastError } from '../../contract/values/errors.ts';
import type { Channel } from '../channel.ts';
import { bias } from '../metrics/bias.ts';
import { mae } from '../metrics/mae.ts';
import { mape } from '../metrics/mape.ts';
import type { Metric, ScoredCell } from '../metrics/metric.ts';
import { mse } from '../metrics/mse.ts';
import { r2 } from '../metrics/r2.ts';
import { rmse } from '../metrics/rmse.ts';
import { smape } from '../metrics/smape.ts';
import { wape } from '../metrics/wape.ts';

export const VALUE_METRICS: readonly Metric[] = [mae, rmse, r2, mse, bias, wape, mape, smape];

export interface ScoredValues {
  readonly truth: ArrayLike<number>;
  readonly answers: ArrayLike<number>;
}

/** NaN where it has no value: of the spread of equal numbers. */
export function valueScore(metric: Metric, { truth, answers }: ScoredValues): number {
  const state = metric.createState();
  for (let row = 0; row < truth.length; row++) state.add(answers[row]!, truth[row]!, 1, CELL);
  return state.value();
}

/** The metrics above ask for nothing of the past. */
const past = (): never => {
  throw new HindcastError(
    'internal',
    'A metric of numbers of samples asked for a past, which they have not.',
  );
};

const CHANNEL: Channel = {
  series: '',
  target: '',
  isConstant: false,
  seasonalError: past,
  naive2: past,
  lastKnown: past,
};

const CELL: ScoredCell = { channel: CHANNEL, last: past, naive2: past, levels: [], quantile: past };
