import { countText } from '../../data/count-text.ts';
import type { TrueValues } from '../true-values.ts';
import { ratioOfSums } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';

/** More true values than this that are near zero rule the mean. */
const MOST_NEAR_ZERO = 0.01;

export const mape: Metric = {
  name: 'mape',
  label: 'MAPE',
  meaning:
    'Mean absolute percentage error: errors at true values near zero rule it; prefer WAPE or MASE there.',
  definition: 'Mean of |forecast - truth| / |truth| of the original values (Hyndman and Koehler 2006).',
  better: 'lower',
  unit: 'none',
  format: 'percent',
  createState: ratioOfSums((forecast, actual) => [Math.abs((forecast - actual) / actual), 1]),
  refuses(values) {
    const first = values.find(({ zeros }) => zeros > 0);
    return first === undefined
      ? null
      : `it divides by true values, and ${shareText(first, first.zeros)} 0: choose wape or smape instead`;
  },
  warnsOf(values) {
    const first = values.find(({ count, nearZero }) => nearZero > MOST_NEAR_ZERO * count);
    return first === undefined
      ? null
      : `it is ruled by values near zero: ${shareText(first, first.nearZero)} below 1 % of their mean size`;
  },
};

function shareText({ series, target, count }: TrueValues, some: number): string {
  const are = some === 1 ? 'is' : 'are';
  return `${countText(some)} of ${countText(count)} values of ${target} of series "${series}" ${are}`;
}
