import { ratioOfSums } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';
import { meanPinball } from './quantile-loss.ts';

export const pinball: Metric = {
  name: 'pinball',
  label: 'Pinball',
  meaning: 'Pinball loss of the quantiles: how far they are from the truth, each punished by its level.',
  definition:
    'Mean over cells and levels of level * e where e = truth - quantile >= 0, else (level - 1) * e (Koenker and Bassett 1978).',
  better: 'lower',
  unit: 'target',
  format: 'number',
  needsQuantiles: true,
  createState: ratioOfSums((_forecast, actual, cell, scale) => [meanPinball(cell, actual) / scale, 1]),
};
