import { ratioOfSums } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';
import { quantileCrps } from './quantile-loss.ts';

export const crps: Metric = {
  name: 'crps',
  label: 'CRPS',
  meaning:
    'Continuous ranked probability score, from the quantiles: the whole distribution against the truth; of a value without spread it is the MAE.',
  definition:
    'Mean over cells of 2 * sum over levels of w * pinball loss; w: the share of (0, 1) that is nearest to the level (Gneiting and Ranjan 2011).',
  better: 'lower',
  unit: 'target',
  format: 'number',
  needsQuantiles: true,
  createState: ratioOfSums((_forecast, actual, cell, scale) => [quantileCrps(cell, actual) / scale, 1]),
};
