import { ratioOfSums } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';

export const width: Metric = {
  name: 'width',
  label: 'Width',
  meaning:
    'Mean width from the lowest to the highest quantile: of two with the same coverage the narrower one is better.',
  definition:
    'Mean over cells of highest quantile - lowest quantile. It decides no comparison without the coverage.',
  better: 'neither',
  unit: 'target',
  format: 'number',
  needsQuantiles: true,
  createState: ratioOfSums((_forecast, _actual, cell, scale) => [
    (cell.quantile(cell.levels.length - 1) - cell.quantile(0)) / scale,
    1,
  ]),
};
