// Sums that do not lose small addends (Neumaier's variant of Kahan's compensated sum). The order of the additions is fixed: the
// same numbers in the same order give the same bits everywhere.

/** Several running sums side by side. */
export interface Sums {
  add(index: number, value: number): void;
  /** An infinite or NaN addend shows in the total. */
  total(index: number): number;
}

/** `size` sums, all 0. */
export function createSums(size: number): Sums {
  const sums = new Float64Array(size);
  const lost = new Float64Array(size);
  return {
    add(index, value) {
      const before = sums[index]!;
      const after = before + value;
      lost[index]! += Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before;
      sums[index] = after;
    },
    total(index) {
      const sum = sums[index]!;
      // Past an infinity the compensation is NaN, the sum itself is right.
      return Number.isFinite(sum) ? sum + lost[index]! : sum;
    },
  };
}

export interface Statistics {
  readonly count: number;
  readonly mean: number;
  /** Population standard deviation (divided by n). */
  readonly std: number;
  readonly min: number;
  readonly max: number;
}

/** Statistics over several arrays, one after the other, without their NaN; of nothing at all: count 0 and NaN. */
export function statisticsOf(arrays: readonly Float64Array[]): Statistics {
  let count = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const values of arrays) {
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index]!;
      if (Number.isNaN(value)) continue;
      count += 1;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  if (count === 0) return { count, mean: NaN, std: NaN, min: NaN, max: NaN };
  // A constant column has exactly its value as mean and 0 as deviation, whatever the rounding of sum / count.
  if (min === max) return { count, mean: min, std: 0, min, max };
  const mean = powerSum(arrays, 0, 1) / count;
  const variance = powerSum(arrays, mean, 2) / count;
  if (variance > 0) return { count, mean, std: Math.sqrt(variance), min, max };
  // Squares of differences below 1e-162 are 0: those of shares of the range are not.
  const range = max - min;
  const shares = arrays.map((values) => values.map((value) => (value - mean) / range));
  return { count, mean, std: range * Math.sqrt(powerSum(shares, 0, 2) / count), min, max };
}

/** Sum of (value - center), or of its square, over what is not NaN; compensated as `createSums` is. */
function powerSum(arrays: readonly Float64Array[], center: number, power: 1 | 2): number {
  let sum = 0;
  let lost = 0;
  for (const values of arrays) {
    for (let index = 0; index < values.length; index += 1) {
      const distance = values[index]! - center;
      if (Number.isNaN(distance)) continue;
      const addend = power === 1 ? distance : distance * distance;
      const after = sum + addend;
      lost += Math.abs(sum) >= Math.abs(addend) ? sum - after + addend : addend - after + sum;
      sum = after;
    }
  }
  return Number.isFinite(sum) ? sum + lost : sum;
}
