// Samples as tensors: padded to the longest of their batch, with a mask where any is shorter.
import * as tf from '@tensorflow/tfjs-core';
import type { Field } from '../../models/readers/reader.ts';
import type { FittedInput } from './inputs/input-kind.ts';

/** Lengths are rounded up to a multiple of this, so that fewer sizes of tensors occur. */
const STEP = 8;

/** Steps of a row. */
export function lengths({ shape, encode, stepsOf }: FittedInput): (row: number) => number {
  if (stepsOf) return stepsOf;
  const width = shape.kind === 'rows' ? shape.channels : 1;
  return (row) => encode(row).length / width;
}

/** The caller disposes of both tensors. */
export function fieldOf(
  { shape, encode }: Pick<FittedInput, 'shape' | 'encode'>,
  rows: ArrayLike<number>,
): Field<tf.Tensor> {
  const width = shape.kind === 'rows' ? shape.channels : 1;
  const all = Array.from(rows, (row) => encode(row));
  const lengths = all.map(({ length }) => length / width);
  const longest = Math.max(...lengths);
  const isPadded = lengths.some((length) => length !== longest);
  const time = isPadded ? STEP * Math.ceil(longest / STEP) : longest;
  const mask = isPadded ? maskOf(lengths, time) : undefined;
  if (shape.kind === 'tokens') {
    const values = new Int32Array(all.length * time);
    for (const [index, tokens] of all.entries()) values.set(tokens, index * time);
    return { x: tf.tensor2d(values, [all.length, time], 'int32'), mask };
  }
  const values = new Float32Array(all.length * time * width);
  for (const [index, numbers] of all.entries()) values.set(numbers, index * time * width);
  return { x: tf.tensor3d(values, [all.length, time, width]), mask };
}

function maskOf(lengths: readonly number[], time: number): tf.Tensor2D {
  const values = new Float32Array(lengths.length * time);
  for (const [index, length] of lengths.entries()) values.fill(1, index * time, index * time + length);
  return tf.tensor2d(values, [lengths.length, time]);
}

/** Batches whose lengths are put in order together. */
const BLOCK_BATCHES = 50;

/**
 * Samples of similar length into one batch: the random order is cut into blocks, each is sorted by length, and its batches come in the random
 * order of their shortest samples. A last batch that is not full stays last.
 */
export function bucketed(
  order: Uint32Array,
  batchSize: number,
  lengthOf: (example: number) => number,
): Uint32Array {
  const rank = new Uint32Array(order.length);
  for (const [index, example] of order.entries()) rank[example] = index;
  const result = new Uint32Array(order.length);
  let filled = 0;
  for (let from = 0; from < order.length; from += BLOCK_BATCHES * batchSize) {
    const block = Array.from(order.subarray(from, from + BLOCK_BATCHES * batchSize));
    const sorted = block.toSorted((a, b) => lengthOf(a) - lengthOf(b) || rank[a]! - rank[b]!);
    const batches: number[][] = [];
    for (let at = 0; at < sorted.length; at += batchSize) batches.push(sorted.slice(at, at + batchSize));
    const last = batches.at(-1)!.length < batchSize ? batches.pop() : undefined;
    batches.sort((a, b) => rank[a[0]!]! - rank[b[0]!]!);
    for (const batch of last ? [...batches, last] : batches) {
      result.set(batch, filled);
      filled += batch.length;
    }
  }
  return result;
}

const TOKENS_AT_ONCE = 16_384;

/** Neighbouring rows in batches of at most `size`, fewer of long samples, for passes that learn nothing. */
export function* passes(
  input: FittedInput,
  rows: Int32Array,
  size: number,
): Generator<Int32Array, void, void> {
  const stepsOf = lengths(input);
  for (let from = 0; from < rows.length; ) {
    let to = from;
    let longest = 0;
    while (to < rows.length && to - from < size) {
      longest = Math.max(longest, stepsOf(rows[to]!));
      if (to > from && longest * (to - from + 1) > TOKENS_AT_ONCE) break;
      to += 1;
    }
    yield rows.subarray(from, to);
    from = to;
  }
}
