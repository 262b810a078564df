// Pixels as simple methods compare them: of an image its own, of a video the mean of its frames; at most 16 x 16.
import { frameAt, framesIn } from '../../../data/samples/pictures/frames-in.ts';
import { fitInto } from '../../../data/samples/pictures/reduce.ts';
import type { Picture, SampleValues } from '../../../data/samples/sample-table.ts';

const MOST_SIDE = 16;

/** Null for what are no pictures. Of each row as many values, 0 to 255. */
export function pixelsIn([only, ...others]: readonly SampleValues[]): ((row: number) => Uint8Array) | null {
  if (!only || !('pictures' in only) || others.length > 0) return null;
  const kept: (Uint8Array | undefined)[] = [];
  return (row) => {
    const found = kept[row] ?? smallPixels(only.pictures[row]!);
    kept[row] = found;
    return found;
  };
}

/** Of a picture in the form of its dataset. */
export function smallPixels(picture: Picture): Uint8Array {
  const still = { ...picture, pixels: meanFrame(picture) };
  const side = Math.max(picture.width, picture.height);
  return side > MOST_SIDE ? fitInto(still, MOST_SIDE).pixels : still.pixels;
}

function meanFrame(picture: Picture): Uint8Array {
  const frames = framesIn(picture);
  if (frames === 1) return picture.pixels;
  const sums = new Float64Array(picture.pixels.length / frames);
  for (let frame = 0; frame < frames; frame++)
    for (const [at, value] of frameAt(picture, frame).entries()) sums[at]! += value;
  return Uint8Array.from(sums, (sum) => Math.round(sum / frames));
}

/** Squared distance; it may stop with infinity where it reaches `most`. */
export function pixelDistance(a: Uint8Array, b: Uint8Array, most: number): number {
  let sum = 0;
  for (let at = 0; at < a.length; ) {
    for (const end = Math.min(a.length, at + 32); at < end; at++) {
      const difference = a[at]! - b[at]!;
      sum += difference * difference;
    }
    if (sum >= most) return Number.POSITIVE_INFINITY;
  }
  return sum;
}
