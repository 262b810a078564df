// Sums that do not lose small addends (Neumaier's variant of Kahan's compensated sum), in the order of the additions:
// the same numbers in the same order give the same bits everywhere.

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
  const sums = createSums(2);
  let count = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const values of arrays) {
    for (const value of values) {
      if (Number.isNaN(value)) continue;
      sums.add(0, value);
      count += 1;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  if (count === 0) return { count, mean: NaN, std: NaN, min: NaN, max: NaN };
  // A constant column has exactly its value as mean and 0 as deviation, whatever the rounding of sum / count.
  if (min === max) return { count, mean: min, std: 0, min, max };
  const mean = sums.total(0) / count;
  for (const values of arrays) {
    for (const value of values) {
      if (!Number.isNaN(value)) sums.add(1, (value - mean) * (value - mean));
    }
  }
  return { count, mean, std: Math.sqrt(sums.total(1) / count), min, max };
}
