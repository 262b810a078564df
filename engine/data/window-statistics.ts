// Mean and deviation of the window that ends at each row, for windows that are normalised by themselves.
import type { Channel } from './pipeline/table.ts';

export interface WindowStatistics {
  /** [rows] */
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** As RevIN has it: the root of the variance and this. */
const EPSILON = 1e-5;

/** Of the values that the data had; before the first whole window 0 and 1. */
export function windowStatistics({ values, known }: Channel, lookback: number): WindowStatistics {
  const mean = new Float64Array(values.length);
  const deviation = new Float64Array(values.length).fill(1);
  const isKnown = (row: number): boolean => (known === null ? !Number.isNaN(values[row]) : known[row] === 1);
  for (let end = lookback - 1; end < values.length; end += 1) {
    // Each by itself: a running sum would depend on where the series begins.
    let [sum, squares, count] = [0, 0, 0];
    for (let row = end - lookback + 1; row <= end; row += 1) {
      if (!isKnown(row)) continue;
      sum += values[row]!;
      count += 1;
    }
    if (count === 0) continue;
    const middle = sum / count;
    for (let row = end - lookback + 1; row <= end; row += 1) {
      const distance = isKnown(row) ? values[row]! - middle : 0;
      squares += distance * distance;
    }
    mean[end] = middle;
    deviation[end] = Math.sqrt(squares / count + EPSILON);
  }
  return { mean, deviation };
}
