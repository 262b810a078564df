// Windows as tensors: padded to the longest of their batch, with a mask where any is shorter.
import * as tf from '@tensorflow/tfjs-core';
import type { WindowTokens } from './training-windows.ts';

export interface TextBatch {
  readonly x: tf.Tensor2D;
  /** [batch, time] of int32. */
  readonly targets: tf.Tensor2D;
  readonly mask: tf.Tensor2D | undefined;
  /** Tokens that are said. */
  readonly count: number;
  dispose(): void;
}

/** Lengths are rounded up to a multiple of it, so that fewer sizes of tensors occur. */
const STEP = 8;

export function textBatch(windows: readonly WindowTokens[]): TextBatch {
  const lengths = windows.map(({ inputs }) => inputs.length);
  const longest = Math.max(...lengths);
  const isPadded = lengths.some((length) => length !== longest);
  const time = isPadded ? STEP * Math.ceil(longest / STEP) : longest;
  const shape: [number, number] = [windows.length, time];
  const inputs = new Int32Array(windows.length * time);
  const targets = new Int32Array(windows.length * time);
  const known = new Float32Array(windows.length * time);
  for (const [index, one] of windows.entries()) {
    inputs.set(one.inputs, index * time);
    targets.set(one.targets, index * time);
    known.fill(1, index * time, index * time + one.inputs.length);
  }
  const batch = {
    x: tf.tensor2d(inputs, shape, 'int32'),
    targets: tf.tensor2d(targets, shape, 'int32'),
    mask: isPadded ? tf.tensor2d(known, shape) : undefined,
  };
  return {
    ...batch,
    count: lengths.reduce((sum, length) => sum + length, 0),
    dispose: () => tf.dispose([batch.x, batch.targets, ...(batch.mask ? [batch.mask] : [])]),
  };
}
