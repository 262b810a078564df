import { meanOfErrors } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';

export const mse: Metric = {
  name: 'mse',
  label: 'MSE',
  meaning: 'Mean squared error: large errors weigh more.',
  definition: 'Mean of (forecast - truth)^2.',
  better: 'lower',
  unit: 'squared',
  format: 'number',
  createState: meanOfErrors((error) => error * error),
};
