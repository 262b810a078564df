import { ratioOfSums } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';
import { meanPinball } from './quantile-loss.ts';
import { wape } from './wape.ts';

export const wql: Metric = {
  name: 'wql',
  label: 'WQL',
  meaning: 'Weighted quantile loss: the pinball loss of all quantiles as a share of all true values.',
  definition:
    'Mean over levels of 2 * sum of the pinball loss / sum of |truth|, of the original values of all series and targets together (Park and others 2022; the mean_wQuantileLoss of GluonTS).',
  better: 'lower',
  unit: 'none',
  format: 'number',
  needsQuantiles: true,
  createState: ratioOfSums((_forecast, actual, cell) => [2 * meanPinball(cell, actual), Math.abs(actual)]),
  ...(wape.refuses && { refuses: wape.refuses }),
};
