// Sums and extremes of blocks of rows, so that a wide view of a long column reads a fraction of its rows. Made at the first view, and
// kept as long as the column is.
import type { Reduced } from '../reduction.ts';

const ROWS = 64;
/** Shorter buckets are read row by row. */
const FEWEST_ROWS = 2 * ROWS;
/** Blocks of a larger one. */
const BLOCKS = 16;
/** Shorter rows of blocks are read one by one. */
const FEWEST_BLOCKS = 2 * BLOCKS;

interface Blocks {
  /** [blocks] of what is finite. */
  readonly sum: Float64Array;
  readonly count: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/** Running sum, count and extremes of a bucket. */
interface Total {
  sum: number;
  count: number;
  min: number;
  max: number;
}

interface Levels {
  readonly small: Blocks;
  /** Of BLOCKS small ones each. */
  readonly large: Blocks;
}

const kept = new WeakMap<Float64Array, Levels>();
const none = (): Total => ({
  sum: 0,
  count: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
});

function addRows(total: Total, values: Float64Array, from: number, to: number): void {
  let { sum, count, min, max } = total;
  for (let row = from; row < to; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  total.sum = sum;
  total.count = count;
  total.min = min;
  total.max = max;
}

/** `add` adds what belongs to a block. */
function makeBlocks(length: number, add: (total: Total, block: number) => void): Blocks {
  const [sum, count, min, max] = [0, 1, 2, 3].map(() => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let block = 0; block < length; block++) {
    const total = none();
    add(total, block);
    sum[block] = total.sum;
    count[block] = total.count;
    min[block] = total.min;
    max[block] = total.max;
  }
  return { sum, count, min, max };
}

function levelsOf(values: Float64Array): Levels {
  const found = kept.get(values);
  if (found) return found;
  const rows = Math.floor(values.length / ROWS);
  const small = makeBlocks(rows, (total, block) => addRows(total, values, block * ROWS, (block + 1) * ROWS));
  const large = makeBlocks(Math.floor(rows / BLOCKS), (total, block) =>
    addBlocks(total, small, block * BLOCKS, (block + 1) * BLOCKS),
  );
  const levels = { small, large };
  kept.set(values, levels);
  return levels;
}

function addBlocks(total: Total, blocks: Blocks, from: number, to: number): void {
  for (let block = from; block < to; block++) {
    total.sum += blocks.sum[block]!;
    total.count += blocks.count[block]!;
    if (blocks.min[block]! < total.min) total.min = blocks.min[block]!;
    if (blocks.max[block]! > total.max) total.max = blocks.max[block]!;
  }
}

function addLevels(total: Total, { small, large }: Levels, from: number, to: number): void {
  if (to - from < FEWEST_BLOCKS) {
    addBlocks(total, small, from, to);
    return;
  }
  const [first, after] = [Math.ceil(from / BLOCKS), Math.floor(to / BLOCKS)];
  addBlocks(total, small, from, first * BLOCKS);
  addBlocks(total, large, first, after);
  addBlocks(total, small, after * BLOCKS, to);
}

/** As `reduce`, but for the order in which a mean adds up. @param bounds [buckets + 1] increasing rows */
export function reduceLong(values: Float64Array, bounds: Int32Array): Reduced {
  const buckets = bounds.length - 1;
  const reduced = {
    mean: new Float64Array(buckets),
    min: new Float64Array(buckets),
    max: new Float64Array(buckets),
  };
  for (let index = 0; index < buckets; index++) {
    const [from, to] = [bounds[index]!, bounds[index + 1]!];
    const total = none();
    if (to - from < FEWEST_ROWS) addRows(total, values, from, to);
    else {
      const [first, after] = [Math.ceil(from / ROWS), Math.floor(to / ROWS)];
      addRows(total, values, from, first * ROWS);
      addLevels(total, levelsOf(values), first, after);
      addRows(total, values, after * ROWS, to);
    }
    const { sum, count, min, max } = total;
    reduced.mean[index] = count > 0 ? sum / count : Number.NaN;
    reduced.min[index] = count > 0 ? min : Number.NaN;
    reduced.max[index] = count > 0 ? max : Number.NaN;
  }
  return reduced;
}
