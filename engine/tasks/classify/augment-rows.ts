// Rows of numbers, changed for a training step: shifted in time, then a run of channels and one of steps is blank.
import type { Augment } from '../../contract/augment.ts';
import type { RandomStream } from '../../training/random-streams.ts';

export type Draw = Pick<RandomStream, 'integer' | 'uniform'>;

/** [steps, channels] of the same shape; 0 is the mean of the training part. Draws equally often for every sample of a shape. */
export function augmentRows(
  values: Float32Array,
  channels: number,
  { maskedBands, maskedSteps, shiftedSteps }: Augment,
  draw: Draw,
): Float32Array {
  const steps = values.length / channels;
  const shift = shiftedSteps === 0 ? 0 : draw.integer(2 * shiftedSteps + 1) - shiftedSteps;
  const result = new Float32Array(values.length);
  const [from, to] = [Math.max(0, shift), Math.min(steps, steps + shift)];
  if (from < to)
    result.set(values.subarray((from - shift) * channels, (to - shift) * channels), from * channels);
  const bands = runIn(channels, maskedBands, draw);
  for (let step = 0; step < steps; step++)
    result.fill(0, step * channels + bands.from, step * channels + bands.to);
  const blank = runIn(steps, maskedSteps, draw);
  return result.fill(0, blank.from * channels, blank.to * channels);
}

/** A run of 0 to `longest`, never more than half of them all. */
function runIn(count: number, longest: number, draw: Draw): { readonly from: number; readonly to: number } {
  if (longest === 0) return { from: 0, to: 0 };
  const length = Math.min(draw.integer(longest + 1), count >> 1);
  const from = draw.integer(count - length + 1);
  return { from, to: from + length };
}
