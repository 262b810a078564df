import { meanOfErrors } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';

export const rmse: Metric = {
  name: 'rmse',
  label: 'RMSE',
  meaning: 'Root of the mean squared error: large errors weigh more, in the unit of the data.',
  definition: 'Root of the mean of (forecast - truth)^2.',
  better: 'lower',
  unit: 'target',
  format: 'number',
  createState: meanOfErrors((error) => error * error, Math.sqrt),
};
