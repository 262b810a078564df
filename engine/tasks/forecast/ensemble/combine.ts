// The forecasts of several models become one, cell by cell.
import type { EnsembleWay } from '../../../contract/studies/ensemble.ts';

/** `forecasts`: [members] of equal length. `weights`: of the members, of sum 1; a median takes none. */
export function combine(
  forecasts: readonly Float64Array[],
  way: EnsembleWay,
  weights: readonly number[],
): Float64Array {
  return way === 'median' ? mediansOf(forecasts) : weightedMeans(forecasts, weights);
}

function weightedMeans(forecasts: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const out = new Float64Array(forecasts[0]!.length);
  forecasts.forEach((values, member) => {
    const weight = weights[member]!;
    if (weight === 0) return;
    for (let at = 0; at < out.length; at += 1) out[at]! += weight * values[at]!;
  });
  return out;
}

function mediansOf(forecasts: readonly Float64Array[]): Float64Array {
  const own = new Float64Array(forecasts.length);
  const half = own.length >> 1;
  return Float64Array.from(forecasts[0]!, (_, at) => {
    for (let member = 0; member < own.length; member += 1) own[member] = forecasts[member]![at]!;
    own.sort();
    return own.length % 2 === 1 ? own[half]! : (own[half - 1]! + own[half]!) / 2;
  });
}
