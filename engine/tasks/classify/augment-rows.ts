// Rows of numbers, changed for a training step: shifted in time and across the channels, then a run of channels and one of steps is blank.
import type { Augment } from '../../contract/experiment/augment.ts';
import type { RandomStream } from '../../training/random-streams.ts';

export type Draw = Pick<RandomStream, 'integer' | 'uniform'>;

/** [steps, channels] of the same shape; 0 is the mean of the training part. Draws equally often for every sample of a shape. */
export function augmentRows(
  values: Float32Array,
  channels: number,
  { maskedBands, maskedSteps, shiftedBands, shiftedSteps }: Augment,
  draw: Draw,
): Float32Array {
  const steps = values.length / channels;
  const shift = shiftedBy(shiftedSteps, draw);
  const moved = new Float32Array(values.length);
  const [from, to] = [Math.max(0, shift), Math.min(steps, steps + shift)];
  if (from < to)
    moved.set(values.subarray((from - shift) * channels, (to - shift) * channels), from * channels);
  const result = acrossBands(moved, channels, shiftedBy(shiftedBands, draw));
  const bands = runIn(channels, maskedBands, draw);
  for (let step = 0; step < steps; step++)
    result.fill(0, step * channels + bands.from, step * channels + bands.to);
  const blank = runIn(steps, maskedSteps, draw);
  return result.fill(0, blank.from * channels, blank.to * channels);
}

/** From -most to most. */
const shiftedBy = (most: number, draw: Draw): number => (most === 0 ? 0 : draw.integer(2 * most + 1) - most);

/** Every band has the value of the one that lies `shift` below it; those beyond an end are like the last one. */
function acrossBands(values: Float32Array, channels: number, shift: number): Float32Array {
  if (shift === 0) return values;
  return values.map((_, at) => {
    const band = at % channels;
    const from = Math.min(channels - 1, Math.max(0, band - shift));
    return values[at - band + from]!;
  });
}

/** A run of 0 to `longest`, never more than half of them all. */
function runIn(count: number, longest: number, draw: Draw): { readonly from: number; readonly to: number } {
  if (longest === 0) return { from: 0, to: 0 };
  const length = Math.min(draw.integer(longest + 1), count >> 1);
  const from = draw.integer(count - length + 1);
  return { from, to: from + length };
}
