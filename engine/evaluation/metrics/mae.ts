import { meanOfErrors } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';

export const mae: Metric = {
  name: 'mae',
  label: 'MAE',
  meaning: 'Mean absolute error: how far a forecast is from the truth on average.',
  definition: 'Mean of |forecast - truth|.',
  better: 'lower',
  unit: 'target',
  format: 'number',
  createState: meanOfErrors(Math.abs),
};
