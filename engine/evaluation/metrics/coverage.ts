import { ratioOfSums } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';

export const coverage: Metric = {
  name: 'coverage',
  label: 'Coverage',
  meaning:
    'Share of true values between the lowest and the highest quantile: right where it is what the two levels promise, 90 % of 0.05 to 0.95.',
  definition:
    'Mean over cells of 1 where lowest quantile <= truth <= highest quantile, else 0. It decides no comparison: wide intervals hold everything.',
  better: 'neither',
  unit: 'none',
  format: 'percent',
  needsQuantiles: true,
  createState: ratioOfSums((_forecast, actual, cell) => [
    cell.quantile(0) <= actual && actual <= cell.quantile(cell.levels.length - 1) ? 1 : 0,
    1,
  ]),
};
