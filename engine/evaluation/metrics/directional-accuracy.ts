import { ratioOfSums } from './mean-of-errors.ts';
import type { Metric } from './metric.ts';

export const directionalAccuracy: Metric = {
  name: 'directional-accuracy',
  label: 'Direction',
  meaning:
    'Directional accuracy: how often a forecast lies on the side of the last known value where the truth does.',
  definition:
    'Share of cells where the signs of forecast - last and truth - last agree; last: the last known value at the origin. Cells whose truth equals it have no direction and do not count (Blaskowitz and Herwartz 2011).',
  better: 'higher',
  unit: 'none',
  format: 'percent',
  createState: ratioOfSums((forecast, actual, cell) => {
    const last = cell.last();
    const change = Math.sign(actual - last);
    if (change === 0 || Number.isNaN(change)) return NO_DIRECTION;
    if (Number.isNaN(forecast)) return UNKNOWN;
    return Math.sign(forecast - last) === change ? RIGHT : WRONG;
  }),
};

const NO_DIRECTION = [0, 0] as const;
const RIGHT = [1, 1] as const;
const WRONG = [0, 1] as const;
const UNKNOWN = [Number.NaN, 1] as const;
