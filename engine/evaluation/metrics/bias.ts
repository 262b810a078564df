import { meanOfErrors } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';

export const bias: Metric = {
  name: 'bias',
  label: 'Bias',
  meaning: 'Mean error: above 0 the forecasts are too high on average, below 0 too low.',
  definition: 'Mean of forecast - truth. It decides no comparison: errors that cancel out leave none.',
  better: 'zero',
  unit: 'target',
  format: 'number',
  createState: meanOfErrors((error) => error),
};
