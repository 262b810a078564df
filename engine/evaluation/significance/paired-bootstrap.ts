// A paired bootstrap over seeds and origins: how far the mean difference of two forecasters would move with other seeds and another time.
// Origins are drawn in blocks of neighbours (Künsch 1989), since their forecasts overlap; both forecasters get the same draws.

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const DRAWS = 1_000;

/**
 * The interval that holds 95 % of the mean differences.
 * @param differences by seed: [origins] first loss less second one
 * @param block origins that are drawn together
 * @param uniform numbers in [0, 1)
 */
export function pairedBootstrap(
  differences: readonly Float64Array[],
  block: number,
  uniform: () => number,
): Interval {
  const origins = differences[0]!.length;
  const length = Math.min(block, origins);
  const sums = differences.map(runningSums);
  const blocks = Math.ceil(origins / length);
  const means = Float64Array.from({ length: DRAWS }, () => {
    const seeds = differences.map(() => Math.floor(uniform() * differences.length));
    let sum = 0;
    for (let drawn = 0; drawn < blocks; drawn += 1) {
      const from = Math.floor(uniform() * (origins - length + 1));
      for (const seed of seeds) sum += sums[seed]![from + length]! - sums[seed]![from]!;
    }
    return sum / (blocks * length * seeds.length);
  }).sort();
  return { low: means[Math.floor(0.025 * DRAWS)]!, high: means[Math.ceil(0.975 * DRAWS) - 1]! };
}

/** [origins + 1] */
function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let at = 0; at < values.length; at += 1) sums[at + 1] = sums[at]! + values[at]!;
  return sums;
}
