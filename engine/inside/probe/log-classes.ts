// Classes of a histogram of any weights: even steps of the logarithm on both sides of zero, the same for every run.

/** Below it a value counts as zero; beyond the end it counts to the outermost class. */
const LEAST = 1e-8;
const DECADES = 10;
export const MOST_BINS = 32;

/** [bins + 1] ends of the classes above zero, rising. */
export function edgesOf(bins: number): Float64Array {
  return Float64Array.from({ length: bins + 1 }, (_, index) => LEAST * 10 ** ((DECADES * index) / bins));
}

/** From the most negative class to the most positive one; zero is in the middle. */
export function classesOf(bins: number): { readonly from: number; readonly to: number }[] {
  const edges = edgesOf(bins);
  const above = Array.from({ length: bins }, (_, index) => ({ from: edges[index]!, to: edges[index + 1]! }));
  const below = above.map(({ from, to }) => ({ from: -to, to: -from })).reverse();
  return [...below, { from: -LEAST, to: LEAST }, ...above];
}

/** Classes of a histogram, without the count of what is no finite number. */
export const classCount = (bins: number): number => 2 * bins + 1;

/** [classCount + 1] counts; the last one is of NaN and infinities. */
export function countByClass(values: Float32Array, bins: number): Uint32Array {
  const edges = edgesOf(bins);
  const counts = new Uint32Array(classCount(bins) + 1);
  for (let at = 0; at < values.length; at++) counts[classAt(values[at]!, edges, bins)]!++;
  return counts;
}

function classAt(value: number, edges: Float64Array, bins: number): number {
  if (!Number.isFinite(value)) return classCount(bins);
  const size = Math.abs(value);
  if (size < LEAST) return bins;
  let [low, high] = [0, bins];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (size < edges[middle]!) high = middle;
    else low = middle;
  }
  return value > 0 ? bins + 1 + low : bins - 1 - low;
}
