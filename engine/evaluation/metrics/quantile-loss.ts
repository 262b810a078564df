// The pinball loss of the quantiles of one cell (Koenker and Bassett 1978): with e = truth - quantile, level * e for e >= 0 and
// (level - 1) * e below.
import type { ScoredCell } from './metric.ts';

const pinballOf = (level: number, quantile: number, actual: number): number => {
  const error = actual - quantile;
  return error >= 0 ? level * error : (level - 1) * error;
};

/** Mean over the levels, original units. */
export function meanPinball(cell: Quantiles, actual: number): number {
  const { levels } = cell;
  let sum = 0;
  for (let at = 0; at < levels.length; at += 1) sum += pinballOf(levels[at]!, cell.quantile(at), actual);
  return sum / levels.length;
}

type Quantiles = Pick<ScoredCell, 'levels' | 'quantile'>;

/**
 * Twice the integral of the pinball loss over the levels from 0 to 1, which is the CRPS (Gneiting and Ranjan 2011); each level stands
 * for those that are nearest to it.
 */
export function quantileCrps(cell: Quantiles, actual: number): number {
  const { levels } = cell;
  let sum = 0;
  let from = 0;
  for (let at = 0; at < levels.length; at += 1) {
    const to = at + 1 < levels.length ? (levels[at]! + levels[at + 1]!) / 2 : 1;
    sum += 2 * (to - from) * pinballOf(levels[at]!, cell.quantile(at), actual);
    from = to;
  }
  return sum;
}
