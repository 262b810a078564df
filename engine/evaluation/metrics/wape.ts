import { ratioOfSums } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';

export const wape: Metric = {
  name: 'wape',
  label: 'WAPE',
  meaning: 'Weighted absolute percentage error: all errors as a share of all true values.',
  definition:
    'Sum of |forecast - truth| / sum of |truth|, of the original values of all series and targets together (Kolassa and Schütz 2007, as MAD/Mean).',
  better: 'lower',
  unit: 'none',
  format: 'percent',
  createState: ratioOfSums((forecast, actual) => [Math.abs(forecast - actual), Math.abs(actual)]),
  refuses: (values) =>
    values.every(({ count, zeros }) => zeros === count)
      ? 'it divides by the sum of the true values, which are all 0: choose mae instead'
      : null,
};
