// Autocorrelation and partial autocorrelation, with the bounds in which those of noise lie.
//
// Autocovariance at lag k: sum over the pairs that are known, over the number of known values (statsmodels `acf`, adjusted=False,
// missing='conservative'). Partial: Levinson and Durbin's recursion on it (statsmodels `pacf`, method='ldb').
import type { Correlogram } from '../../contract/datasets/explore.ts';
import { type Analysis, type ExploredColumn, knownOf } from './analysis.ts';

const FEWEST_LAGS = 40;
const MOST_LAGS = 1_000;
const MOST_PARTIAL = 200;
/** 97.5 % of the normal distribution. */
const Z = 1.959963984540054;

export function autocorrelations(values: Float64Array, lags: number): number[] | null {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  const mean = sum / count;
  const covariances: number[] = [];
  for (let lag = 0; lag <= lags; lag++) {
    let total = 0;
    for (let row = lag; row < values.length; row++) {
      const product = (values[row]! - mean) * (values[row - lag]! - mean);
      if (!Number.isNaN(product)) total += product;
    }
    covariances.push(total / count);
  }
  const [variance = 0] = covariances;
  return variance > 0 ? covariances.map((one) => one / variance) : null;
}

/** @param acf [lags + 1] */
export function partialAutocorrelations(acf: readonly number[]): number[] {
  const partial = [1];
  let before: number[] = [];
  let error = 1;
  for (let lag = 1; lag < acf.length; lag++) {
    const explained = before.reduce((sum, phi, i) => sum + phi * acf[lag - 1 - i]!, 0);
    const next = (acf[lag]! - explained) / error;
    before = [...before.map((phi, i) => phi - next * before[lag - 2 - i]!), next];
    error *= 1 - next * next;
    partial.push(next);
  }
  return partial;
}

function correlogramOf({ name, values }: ExploredColumn, season: number | null): Correlogram {
  const known = knownOf(values).length;
  const wanted = Math.min(MOST_LAGS, Math.max(FEWEST_LAGS, 2 * (season ?? 0)));
  const lags = Math.max(0, Math.min(wanted, Math.floor(values.length / 2) - 1));
  const acf = known < 3 ? null : autocorrelations(values, lags);
  return {
    column: name,
    acf,
    pacf: acf && partialAutocorrelations(acf.slice(0, MOST_PARTIAL + 1)),
    bound: Z / Math.sqrt(Math.max(1, known)),
  };
}

export const correlogram: Analysis<Correlogram[]> = {
  title: 'autocorrelation and partial autocorrelation',
  run: ({ columns, season }) => columns.map((column) => correlogramOf(column, season)),
};
