// Statistics of one column of one series, in row order: the same data give the same bits, whatever the number of threads.

export interface ColumnStatistics {
  missing: number;
  min: number;
  max: number;
  /** Rows at the smallest and at the largest value, and the values next to these; infinite where there is no other. */
  atMin: number;
  aboveMin: number;
  atMax: number;
  belowMax: number;
  /** Neumaier's compensated sum: `sum + compensation`. */
  sum: number;
  compensation: number;
  valid: number;
}

export function createStatistics(): ColumnStatistics {
  const extremes = {
    min: Infinity,
    atMin: 0,
    aboveMin: Infinity,
    max: -Infinity,
    atMax: 0,
    belowMax: -Infinity,
  };
  return { missing: 0, ...extremes, sum: 0, compensation: 0, valid: 0 };
}

/** Adds values [from, to); NaN is missing. */
export function addValues(
  statistics: ColumnStatistics,
  values: Float64Array,
  from: number,
  to: number,
): void {
  let { valid, atMin, atMax } = statistics;
  // A plus makes them float64 for the compiler: else each change of one makes an object.
  let sum = +statistics.sum;
  let compensation = +statistics.compensation;
  let min = +statistics.min;
  let aboveMin = +statistics.aboveMin;
  let max = +statistics.max;
  let belowMax = +statistics.belowMax;
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    valid++;
    if (value < min) {
      aboveMin = min;
      min = value;
      atMin = 1;
    } else if (value === min) atMin++;
    else if (value < aboveMin) aboveMin = value;
    if (value > max) {
      belowMax = max;
      max = value;
      atMax = 1;
    } else if (value === max) atMax++;
    else if (value > belowMax) belowMax = value;
    const next = sum + value;
    compensation += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  statistics.missing += to - from - (valid - statistics.valid);
  Object.assign(statistics, { sum, compensation, valid, min, atMin, aboveMin, max, atMax, belowMax });
}

/** Adds codes [from, to); -1 is missing. */
export function addCodes(statistics: ColumnStatistics, codes: Int32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    if ((codes[i] as number) < 0) statistics.missing++;
    else statistics.valid++;
  }
}

/** Null where there is no valid value. The mean of values so large that their sum overflows is taken by parts. */
export function meanOf({ sum, compensation, valid, min, max }: ColumnStatistics): number | null {
  if (valid === 0) return null;
  const mean = (sum + compensation) / valid;
  return Number.isFinite(mean) ? Math.min(max, Math.max(min, mean)) : min / 2 + max / 2;
}
