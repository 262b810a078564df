// Brings pictures to one size by area averages: each new pixel is the mean of what it covers, so that nothing is skipped. The whole picture
// stays in the square; beside a narrow one its edge is repeated.
import type { Picture } from '../sample-table.ts';

/** One frame. */
export type Still = Picture;

/** [side, side, channels] */
export function fitInto({ width, height, channels, pixels }: Still, side: number): Still {
  if (width === side && height === side) return { width, height, channels, pixels };
  const scale = Math.max(width, height) / side;
  const columns = spans(width, side, scale);
  const rows = spans(height, side, scale);
  // [height, side, channels]
  const narrow = new Float64Array(height * side * channels);
  for (let y = 0; y < height; y++)
    for (const [x, span] of columns.entries())
      for (let channel = 0; channel < channels; channel++)
        narrow[(y * side + x) * channels + channel] = meanOver(
          span,
          (at) => pixels[(y * width + at) * channels + channel]!,
        );
  const result = new Uint8Array(side * side * channels);
  const line = side * channels;
  for (const [y, span] of rows.entries())
    for (let at = 0; at < line; at++)
      result[y * line + at] = Math.round(meanOver(span, (row) => narrow[row * line + at]!));
  return { width: side, height: side, channels, pixels: result };
}

interface Span {
  readonly from: number;
  /** Of each old pixel from there on: the share of it that is covered. */
  readonly weights: readonly number[];
  readonly sum: number;
}

/** What each new pixel covers of the old ones, in one direction. */
function spans(length: number, side: number, scale: number): Span[] {
  return Array.from({ length: side }, (_, index) => {
    const begin = (index - side / 2) * scale + length / 2;
    const end = begin + scale;
    if (end <= 0) return { from: 0, weights: [1], sum: 1 };
    if (begin >= length) return { from: length - 1, weights: [1], sum: 1 };
    const [low, high] = [Math.max(0, begin), Math.min(length, end)];
    const from = Math.floor(low);
    const count = Math.max(1, Math.ceil(high) - from);
    const weights = Array.from(
      { length: count },
      (_weight, at) => Math.min(high, from + at + 1) - Math.max(low, from + at),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return sum > 0 ? { from, weights, sum } : { from, weights: [1], sum: 1 };
  });
}

function meanOver({ from, weights, sum }: Span, valueAt: (at: number) => number): number {
  let total = 0;
  for (let at = 0; at < weights.length; at++) total += weights[at]! * valueAt(from + at);
  return total / sum;
}

/** Rec. 601: how bright red, green and blue look. */
export function toGrey({ width, height, channels, pixels }: Picture): Picture {
  if (channels === 1) return { width, height, channels, pixels };
  const grey = new Uint8Array(pixels.length / 3);
  for (let at = 0; at < grey.length; at++)
    grey[at] = Math.round(
      0.299 * pixels[3 * at]! + 0.587 * pixels[3 * at + 1]! + 0.114 * pixels[3 * at + 2]!,
    );
  return { width, height, channels: 1, pixels: grey };
}

export function toColour({ width, height, channels, pixels }: Picture): Picture {
  if (channels === 3) return { width, height, channels, pixels };
  return {
    width,
    height,
    channels: 3,
    pixels: Uint8Array.from({ length: 3 * pixels.length }, (_, at) => pixels[Math.floor(at / 3)]!),
  };
}

export function isGrey({ channels, pixels }: Picture): boolean {
  if (channels === 1) return true;
  for (let at = 0; at < pixels.length; at += 3)
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return false;
  return true;
}

export interface PictureForm {
  readonly side: number;
  readonly channels: number;
}

/** All frames of a picture in another form. */
export function inForm(frames: readonly Still[], { side, channels }: PictureForm): Picture {
  const all = frames.map((frame) => (channels === 1 ? toGrey : toColour)(fitInto(frame, side)));
  const size = side * side * channels;
  const pixels = new Uint8Array(all.length * size);
  for (const [index, frame] of all.entries()) pixels.set(frame.pixels, index * size);
  return { width: side, height: side, channels, pixels };
}
