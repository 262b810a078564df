// Seasonal and trend decomposition by local regression: STL (Cleveland, Cleveland, McRae, Terpenning 1990), not robust, with the defaults of
// statsmodels: seasonal window 7, trend window 1.5 period / (1 - 1.5 / 7), low-pass window of a period, five rounds.
import { loess, loessAt } from './loess.ts';

export interface Decomposed {
  /** [rows] each; their sum with the residual is the series. */
  readonly trend: Float64Array;
  readonly seasonal: Float64Array;
  readonly residual: Float64Array;
}

const SEASONAL_WIDTH = 7;
const ROUNDS = 5;

const nextOdd = (value: number): number => value + ((value + 1) % 2);

/** Rows of the trend's window. */
export const trendWidth = (period: number): number =>
  nextOdd(Math.ceil((1.5 * period) / (1 - 1.5 / SEASONAL_WIDTH)));

/** @param values [rows] without NaN, at least two periods @param period at least 2 rows */
export function stl(values: Float64Array, period: number): Decomposed {
  const rows = values.length;
  let trend = new Float64Array(rows);
  let seasonal = new Float64Array(rows);
  const low = { width: nextOdd(period + 1), degree: 1 } as const;
  const smooth = { width: trendWidth(period), degree: 1 } as const;
  for (let round = 0; round < ROUNDS; round++) {
    const cycle = smoothCycles(
      values.map((value, i) => value - trend[i]!),
      period,
    );
    const level = loess(lowPass(cycle, period), low);
    seasonal = Float64Array.from({ length: rows }, (_, i) => cycle[period + i]! - level[i]!);
    trend = Float64Array.from(
      loess(
        values.map((value, i) => value - seasonal[i]!),
        smooth,
      ),
    );
  }
  const residual = values.map((value, i) => value - trend[i]! - seasonal[i]!);
  return { trend, seasonal, residual };
}

/** [rows + 2 periods] each position of the cycle smoothed over the cycles, with one more cycle at either end. */
function smoothCycles(values: Float64Array, period: number): Float64Array {
  const cycles = new Float64Array(values.length + 2 * period);
  const options = { width: SEASONAL_WIDTH, degree: 1 } as const;
  for (let at = 0; at < period; at++) {
    const count = Math.floor((values.length - at - 1) / period) + 1;
    const own = Float64Array.from({ length: count }, (_, i) => values[i * period + at]!);
    const inside = loess(own, options);
    const before = loessAt(own, 0, [1, Math.min(SEASONAL_WIDTH, count)], options);
    const after = loessAt(own, count + 1, [Math.max(1, count - SEASONAL_WIDTH + 1), count], options);
    cycles[at] = Number.isNaN(before) ? inside[0]! : before;
    for (let i = 0; i < count; i++) cycles[(i + 1) * period + at] = inside[i]!;
    cycles[(count + 1) * period + at] = Number.isNaN(after) ? inside[count - 1]! : after;
  }
  return cycles;
}

const lowPass = (cycles: Float64Array, period: number): Float64Array =>
  movingMean(movingMean(movingMean(cycles, period), period), 3);

/** [rows - width + 1] */
function movingMean(values: Float64Array, width: number): Float64Array {
  const means = new Float64Array(values.length - width + 1);
  let sum = 0;
  for (let i = 0; i < width; i++) sum += values[i]!;
  means[0] = sum / width;
  for (let i = width; i < values.length; i++) {
    sum += values[i]! - values[i - width]!;
    means[i - width + 1] = sum / width;
  }
  return means;
}
