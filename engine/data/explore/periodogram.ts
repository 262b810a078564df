// Which periods a series has: power by frequency (scipy.signal.periodogram, detrend='constant', scaling='density', fs=1), of its last rows, as many
// as a power of two. Missing values count as the mean.
import type { Periodogram } from '../../contract/datasets/explore.ts';
import { type Analysis, type ExploredColumn, knownOf } from './analysis.ts';
import { transform } from './fourier.ts';

const MOST_ROWS = 2 ** 18;
const MOST_POINTS = 512;
const MOST_PERIODS = 5;

/** [n / 2 + 1] power of values whose number is a power of two. */
export function powerOf(values: Float64Array): Float64Array {
  const n = values.length;
  const known = knownOf(values);
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const re = values.map((value) => (Number.isNaN(value) ? 0 : value - mean));
  const im = new Float64Array(n);
  transform(re, im);
  return Float64Array.from({ length: n / 2 + 1 }, (_, k) => {
    const twice = k === 0 || k === n / 2 ? 1 : 2;
    return (twice * (re[k]! * re[k]! + im[k]! * im[k]!)) / n;
  });
}

/**
 * Where between two frequencies a peak lies, as a number of cycles: a wave that does not fit a whole number of times into the rows divides its
 * amplitude between the two nearest, in the ratio of their distances (Rife and Vincent 1970).
 */
function cyclesOf(power: Float64Array, k: number): number {
  const [before, after] = [power[k - 1] ?? 0, power[k + 1] ?? 0];
  const amplitude = Math.sqrt(Math.max(before, after));
  const shift = amplitude / (Math.sqrt(power[k]!) + amplitude);
  return after > before ? k + shift : k - shift;
}

function periodogramOf({ name, values }: ExploredColumn): Periodogram {
  let rows = 1;
  while (rows * 2 <= Math.min(values.length, MOST_ROWS)) rows *= 2;
  if (rows < 8) return { column: name, rows: 0, frequencies: [], power: [], periods: [] };
  const power = powerOf(values.subarray(values.length - rows));
  const whole = power.reduce((sum, one) => sum + one, 0) || 1;
  const peaks: number[] = [];
  for (let k = 1; k < power.length; k++) {
    if (power[k]! > power[k - 1]! && power[k]! >= (power[k + 1] ?? 0)) peaks.push(k);
  }
  peaks.sort((a, b) => power[b]! - power[a]!);
  const width = Math.ceil((power.length - 1) / MOST_POINTS);
  const frequencies: number[] = [];
  const shown: number[] = [];
  for (let from = 1; from < power.length; from += width) {
    let best = from;
    for (let k = from; k < Math.min(power.length, from + width); k++) if (power[k]! > power[best]!) best = k;
    frequencies.push(best / rows);
    shown.push(power[best]!);
  }
  const periods = peaks.slice(0, MOST_PERIODS).map((k) => ({
    rows: rows / cyclesOf(power, k),
    share: power[k]! / whole,
  }));
  return { column: name, rows, frequencies, power: shown, periods };
}

export const periodogram: Analysis<Periodogram[]> = {
  title: 'periods and their power',
  run: ({ columns }) => columns.map(periodogramOf),
};
