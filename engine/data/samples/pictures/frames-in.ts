// How many frames a picture has, one of them, and what a picture is in words.
import type { Picture } from '../sample-table.ts';

export const pixelsOfFrame = ({ width, height, channels }: Omit<Picture, 'pixels'>): number =>
  width * height * channels;

export const framesIn = (picture: Picture): number => picture.pixels.length / pixelsOfFrame(picture);

/** A view of its bytes. */
export function frameAt(picture: Picture, frame: number): Uint8Array {
  const size = pixelsOfFrame(picture);
  return picture.pixels.subarray(frame * size, (frame + 1) * size);
}

/** `32 x 32, colour`; `20 frames of 24 x 24, grey`. */
export function pictureText(picture: Picture): string {
  const { width, height, channels } = picture;
  const frames = framesIn(picture);
  const size = `${width} x ${height}, ${channels === 1 ? 'grey' : 'colour'}`;
  return frames === 1 ? size : `${frames} frames of ${size}`;
}
