import { noSeasonalError } from '../channel.ts';
import { ratioOfSums } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';

export const rmsse: Metric = {
  name: 'rmsse',
  label: 'RMSSE',
  meaning:
    'Root mean squared scaled error: below 1 is better than the seasonal naive forecast was on the training part; large errors weigh more.',
  definition:
    'Root of the mean of (forecast - truth)^2 / mean (y[t] - y[t - m])^2 over the training rows of the same series and target; m: rows of a season, 1 where the data suggest none (Hyndman and Koehler 2006; Makridakis and others 2022).',
  better: 'lower',
  unit: 'none',
  format: 'number',
  createState: ratioOfSums((forecast, actual, { channel }) => {
    const error = (forecast - actual) / channel.seasonalError().root;
    return [error * error, 1];
  }, Math.sqrt),
  leavesOut: noSeasonalError,
  scaleOf: (channel) => channel.seasonalError().root,
};
