import { ratioOfSums } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';

export const intervalScore: Metric = {
  name: 'interval-score',
  label: 'Interval score',
  meaning:
    'Width from the lowest to the highest quantile, and a penalty for every truth outside: coverage and width in one.',
  definition:
    'Mean over cells of (u - l) + 2/a (l - truth) where truth < l + 2/a (truth - u) where truth > u; l and u: lowest and highest quantile, a: 1 - the share between their levels (Winkler 1972; Gneiting and Raftery 2007).',
  better: 'lower',
  unit: 'target',
  format: 'number',
  needsQuantiles: true,
  createState: ratioOfSums((_forecast, actual, cell, scale) => {
    const last = cell.levels.length - 1;
    const [low, high] = [cell.quantile(0), cell.quantile(last)];
    const penalty = 2 / (1 - (cell.levels[last]! - cell.levels[0]!));
    const outside = Math.max(0, low - actual) + Math.max(0, actual - high);
    return [(high - low + penalty * outside) / scale, 1];
  }),
};
