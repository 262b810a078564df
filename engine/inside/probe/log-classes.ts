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
  const { edges, known } = tableOf(bins);
  const counts = new Uint32Array(classCount(bins) + 1);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let at = 0; at < values.length; at++) {
    const found = known[bits[at]! >>> 16]!;
    counts[found === ON_AN_EDGE ? classAt(values[at]!, edges, bins) : found]!++;
  }
  return counts;
}

interface Table {
  readonly edges: Float64Array;
  /** By the upper 16 bits of a float32, sign and exponent and some of the fraction: the class of all values that share them. */
  readonly known: Uint8Array;
}

const ON_AN_EDGE = 255;
const tables = new Map<number, Table>();

function tableOf(bins: number): Table {
  const made = tables.get(bins);
  if (made) return made;
  const edges = edgesOf(bins);
  const bits = new Uint32Array(1);
  const value = new Float32Array(bits.buffer);
  const classOf = (pattern: number): number => {
    bits[0] = pattern;
    return classAt(value[0]!, edges, bins);
  };
  const known = Uint8Array.from({ length: 0x10000 }, (_, upper) => {
    const first = classOf((upper << 16) >>> 0);
    return first === classOf(((upper << 16) | 0xffff) >>> 0) ? first : ON_AN_EDGE;
  });
  const table = { edges, known };
  tables.set(bins, table);
  return table;
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
