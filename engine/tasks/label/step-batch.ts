// Texts as tensors with a label for each step: padded to the longest of their batch. Steps without a known label are read, and count nowhere.
import * as tf from '@tensorflow/tfjs-core';
import type { Field } from '../../models/readers/reader.ts';
import type { StepRead } from '../../models/step-labeller.ts';
import type { StepValues } from '../sample-reading.ts';

/** Lengths are rounded up to a multiple of it, so that fewer sizes of tensors occur. */
const STEP = 8;

/** Numbers of a step. */
export const widthOf = (read: StepRead): number => (read.kind === 'rows' ? read.channels : 1);

/** The caller disposes of both tensors. */
export function stepField(read: StepRead, all: readonly StepValues[]): Field<tf.Tensor> {
  const width = widthOf(read);
  const lengths = all.map(({ length }) => length / width);
  const { time, isPadded } = sizeOf(lengths);
  const size = all.length * time * width;
  const values = read.kind === 'rows' ? new Float32Array(size) : new Int32Array(size);
  const known = new Float32Array(all.length * time);
  for (const [index, steps] of all.entries()) {
    values.set(steps, index * time * width);
    known.fill(1, index * time, index * time + lengths[index]!);
  }
  const x =
    read.kind === 'rows'
      ? tf.tensor3d(values, [all.length, time, width])
      : tf.tensor2d(values, [all.length, time], 'int32');
  return { x, mask: isPadded ? tf.tensor2d(known, [all.length, time]) : undefined };
}

export interface StepLabels {
  /** [batch, time]; 0 where the mask is. */
  readonly truth: tf.Tensor2D;
  readonly known: tf.Tensor2D;
  readonly count: number;
}

/** As long as the field of the same texts. */
export function stepLabels(all: readonly Int32Array[]): StepLabels {
  const { time } = sizeOf(all.map(({ length }) => length));
  const truth = new Int32Array(all.length * time);
  const known = new Float32Array(all.length * time);
  let count = 0;
  for (const [index, labels] of all.entries())
    for (const [at, label] of labels.entries()) {
      if (label < 0) continue;
      truth[index * time + at] = label;
      known[index * time + at] = 1;
      count += 1;
    }
  return {
    truth: tf.tensor2d(truth, [all.length, time], 'int32'),
    known: tf.tensor2d(known, [all.length, time]),
    count,
  };
}

function sizeOf(lengths: readonly number[]): { readonly time: number; readonly isPadded: boolean } {
  const longest = Math.max(1, ...lengths);
  const isPadded = lengths.some((length) => length !== longest);
  return { time: isPadded ? STEP * Math.ceil(longest / STEP) : longest, isPadded };
}
