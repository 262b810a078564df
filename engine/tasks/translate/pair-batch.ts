// Pairs as tensors: padded to the longest of their batch, with a mask where any is shorter.
import * as tf from '@tensorflow/tfjs-core';
import type { Field } from '../../models/readers/reader.ts';

/** Lengths of sources are rounded up to a multiple of it, so that fewer sizes of tensors occur. */
const STEP = 4;

/** The caller disposes of both tensors. */
export function tokenField(all: readonly Int32Array[]): Field<tf.Tensor2D> {
  const { values, known, time, isPadded } = padded(all, STEP);
  const shape: [number, number] = [all.length, time];
  return {
    x: tf.tensor2d(values, shape, 'int32'),
    mask: isPadded ? tf.tensor2d(known, shape) : undefined,
  };
}

export interface TargetBatch {
  /** [batch, time]: the end sign, then all tokens but the last. */
  readonly inputs: tf.Tensor2D;
  /** The token after each of these. */
  readonly targets: tf.Tensor2D;
  readonly mask: tf.Tensor2D | undefined;
  /** Tokens that are said, end signs included. */
  readonly count: number;
}

/** @param all an end sign, tokens, an end sign, each */
export function targetBatch(all: readonly Int32Array[]): TargetBatch {
  const inputs = padded(
    all.map((tokens) => tokens.subarray(0, -1)),
    1,
  );
  const targets = padded(
    all.map((tokens) => tokens.subarray(1)),
    1,
  );
  const shape: [number, number] = [all.length, inputs.time];
  return {
    inputs: tf.tensor2d(inputs.values, shape, 'int32'),
    targets: tf.tensor2d(targets.values, shape, 'int32'),
    mask: inputs.isPadded ? tf.tensor2d(inputs.known, shape) : undefined,
    count: all.reduce((sum, { length }) => sum + length - 1, 0),
  };
}

function padded(all: readonly Int32Array[], step: number) {
  const lengths = all.map(({ length }) => length);
  const longest = Math.max(1, ...lengths);
  const isPadded = lengths.some((length) => length !== longest);
  const time = isPadded ? step * Math.ceil(longest / step) : longest;
  const values = new Int32Array(all.length * time);
  const known = new Float32Array(all.length * time);
  for (const [index, tokens] of all.entries()) {
    values.set(tokens, index * time);
    known.fill(1, index * time, index * time + tokens.length);
  }
  return { values, known, time, isPadded };
}
