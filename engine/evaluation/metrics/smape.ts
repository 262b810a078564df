import { ratioOfSums } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';

export const smape: Metric = {
  name: 'smape',
  label: 'sMAPE',
  meaning: 'Symmetric mean absolute percentage error, from 0 to 200 %: meant for positive values.',
  definition:
    'Mean of 2 |forecast - truth| / (|forecast| + |truth|) of the original values; 0 where both are 0 (Makridakis and others 2020, the M4 competition).',
  better: 'lower',
  unit: 'none',
  format: 'percent',
  createState: ratioOfSums((forecast, actual) => [symmetricShare(forecast, actual), 1]),
};

/** From 0 to 2. */
export function symmetricShare(forecast: number, actual: number): number {
  const size = Math.abs(forecast) + Math.abs(actual);
  return size === 0 ? 0 : 2 * (Math.abs(forecast - actual) / size);
}
