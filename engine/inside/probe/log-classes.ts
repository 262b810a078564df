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
/** The sign, in the upper bits. */
const NEGATIVE = 0x8000;
const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);

function upperBits(value: number): number {
  float[0] = value;
  return word[0]! >>> 16;
}

const tables = new Map<number, Table>();

function tableOf(bins: number): Table {
  const made = tables.get(bins);
  if (made) return made;
  const edges = edgesOf(bins);
  // Rising sizes are rising bits: each class is one range of them on both sides of zero, and only where an edge falls do both classes meet.
  const starts = [0, ...Array.from(edges.subarray(0, bins), upperBits), upperBits(Number.POSITIVE_INFINITY)];
  const known = new Uint8Array(0x10000).fill(classCount(bins));
  starts.slice(0, -1).forEach((start, index) => {
    known.fill(bins + index, start, starts[index + 1]);
    known.fill(bins - index, NEGATIVE + start, NEGATIVE + starts[index + 1]!);
  });
  for (const start of starts.slice(1)) known[start] = known[NEGATIVE + start] = ON_AN_EDGE;
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
