import { noSeasonalError } from '../channel.ts';
import { ratioOfSums } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';

export const mase: Metric = {
  name: 'mase',
  label: 'MASE',
  meaning:
    'Mean absolute scaled error: below 1 is better than the seasonal naive forecast was on the training part.',
  definition:
    'Mean of |forecast - truth| / mean |y[t] - y[t - m]| over the training rows of the same series and target; m: rows of a season, 1 where the data suggest none (Hyndman and Koehler 2006).',
  better: 'lower',
  unit: 'none',
  format: 'number',
  createState: ratioOfSums((forecast, actual, { channel }) => [
    Math.abs(forecast - actual) / channel.seasonalError().mean,
    1,
  ]),
  leavesOut: noSeasonalError,
  scaleOf: (channel) => channel.seasonalError().mean,
};
