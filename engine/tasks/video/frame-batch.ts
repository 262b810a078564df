// Windows of videos as tensors, and what a model says as frames.
import * as tf from '@tensorflow/tfjs-core';
import type { PictureState } from '../../data/samples/pictures/patches.ts';

/** [windows, frames, cells], scaled by mean and deviation of each colour. */
export function givenTensor(windows: readonly (readonly Uint8Array[])[], state: PictureState): tf.Tensor3D {
  const { channels, mean, deviation } = state;
  return stacked(windows, (pixel, at) => {
    const channel = at % channels;
    return (pixel / 255 - mean[channel]!) / deviation[channel]!;
  });
}

/** [windows, frames, cells] from 0 to 1; `relative`: less the last frame that was read. */
export function aheadTensor(
  windows: readonly (readonly Uint8Array[])[],
  lasts: readonly Uint8Array[],
  relative: boolean,
): tf.Tensor3D {
  return stacked(windows, (pixel, at, window) =>
    relative ? (pixel - lasts[window]![at]!) / 255 : pixel / 255,
  );
}

function stacked(
  windows: readonly (readonly Uint8Array[])[],
  numberOf: (pixel: number, at: number, window: number) => number,
): tf.Tensor3D {
  const frames = windows[0]!.length;
  const cells = windows[0]![0]!.length;
  const values = new Float32Array(windows.length * frames * cells);
  let to = 0;
  for (const [window, all] of windows.entries())
    for (const frame of all)
      for (let at = 0; at < cells; at++, to++) values[to] = numberOf(frame[at]!, at, window);
  return tf.tensor3d(values, [windows.length, frames, cells]);
}

/** Answers [frames, cells] of one window as frames: values below 0 and above 1 are black and white. */
export function framesOf(
  answer: Float32Array,
  last: Uint8Array,
  { ahead, relative }: { readonly ahead: number; readonly relative: boolean },
): Uint8Array[] {
  const cells = last.length;
  return Array.from({ length: ahead }, (_, step) =>
    Uint8Array.from({ length: cells }, (_cell, at) => {
      const value = 255 * answer[step * cells + at]! + (relative ? last[at]! : 0);
      return Math.max(0, Math.min(255, Math.round(value)));
    }),
  );
}
