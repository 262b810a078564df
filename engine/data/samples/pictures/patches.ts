// Cuts a frame into patches, scaled by mean and standard deviation of each colour in the training part.
import { z } from 'zod';
import type { Patches } from '../../../contract/experiment/patches.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { Picture } from '../sample-table.ts';
import { frameAt, framesIn } from './frames-in.ts';

/** What a model knows of the pictures that it reads. */
export const PictureStateSchema = z.object({
  width: z.int(),
  height: z.int(),
  channels: z.int(),
  /** [channels], of values from 0 to 1. */
  mean: z.array(z.number()),
  deviation: z.array(z.number()),
});
export type PictureState = z.infer<typeof PictureStateSchema>;

/** Of the training pictures. */
export function pictureStateOf(
  pictures: Iterable<Picture>,
  { width, height, channels }: Picture,
): PictureState {
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  let count = 0;
  for (const { pixels } of pictures) {
    count += pixels.length / channels;
    for (let at = 0; at < pixels.length; at++) {
      const value = pixels[at]! / 255;
      sums[at % channels]! += value;
      squares[at % channels]! += value * value;
    }
  }
  const mean = Array.from(sums, (sum) => sum / Math.max(1, count));
  const deviation = Array.from(
    squares,
    (sum, channel) => Math.sqrt(Math.max(0, sum / Math.max(1, count) - mean[channel]! * mean[channel]!)) || 1,
  );
  return { width, height, channels, mean, deviation };
}

/** @throws HindcastError `invalid-input` for pictures of another size or number of colours than the model reads */
export function requireForm({ width, height, channels }: PictureState, picture: Picture): void {
  if (picture.width === width && picture.height === height && picture.channels === channels) return;
  const words = (of: Omit<Picture, 'pixels'>) =>
    `${of.width} x ${of.height} pixels in ${of.channels === 1 ? 'grey' : 'colour'}`;
  const message = `The model reads pictures of ${words({ width, height, channels })}, and these have ${words(picture)}; import them in that size.`;
  throw new HindcastError('invalid-input', message);
}

export interface PatchLayout {
  readonly across: number;
  readonly down: number;
  /** Numbers of a patch. */
  readonly features: number;
}

/** @throws HindcastError `invalid-input` where a patch is larger than the pictures */
export function patchLayout(
  { side, step }: Patches,
  { width, height, channels }: Omit<Picture, 'pixels'>,
): PatchLayout {
  if (side > Math.min(width, height)) {
    const message = `A patch of ${side} pixels does not fit into pictures of ${width} x ${height}; lower task.patches.side.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'task.patches.side' } });
  }
  const count = (length: number) => Math.floor((length - side) / step) + 1;
  return { across: count(width), down: count(height), features: side * side * channels };
}

/** [patches, side, side, channels] of the first frame, row by row. */
export function cutPatches(picture: Picture, patches: Patches, state: PictureState): Float32Array {
  const { channels, pixels } = picture;
  const places = patchPlaces(patches, picture);
  const result = new Float32Array(places.length);
  for (let to = 0; to < places.length; to++) {
    const at = places[to]!;
    result[to] = scaledValue(pixels[at]!, at % channels, state);
  }
  return result;
}

/** [patches, side, side, channels] which number of a picture [height, width, channels] each number of the patches is. */
export function patchPlaces(patches: Patches, form: Omit<Picture, 'pixels'>): Int32Array {
  const { across, down, features } = patchLayout(patches, form);
  const { width, channels } = form;
  const { side, step } = patches;
  const line = side * channels;
  const result = new Int32Array(across * down * features);
  let to = 0;
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++)
      for (let y = 0; y < side; y++) {
        const from = ((row * step + y) * width + column * step) * channels;
        for (let at = 0; at < line; at++, to++) result[to] = from + at;
      }
  return result;
}

const scaledValue = (pixel: number, channel: number, { mean, deviation }: PictureState): number =>
  (pixel / 255 - mean[channel]!) / deviation[channel]!;

/** [frames, height * width * channels] of the first frames. */
export function framesAsRows(picture: Picture, most: number, state: PictureState): Float32Array {
  const { channels } = picture;
  const frames = Math.min(most, framesIn(picture));
  const rows = Array.from({ length: frames }, (_, frame) => frameAt(picture, frame));
  const size = rows[0]!.length;
  const result = new Float32Array(frames * size);
  for (const [frame, pixels] of rows.entries())
    for (let at = 0; at < size; at++)
      result[frame * size + at] = scaledValue(pixels[at]!, at % channels, state);
  return result;
}
