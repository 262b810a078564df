// What a decoder of pictures hands out, and what no decoder takes.
import { HindcastError } from '../../../../contract/values/errors.ts';

/** One frame as it was decoded. */
export interface RawFrame {
  readonly width: number;
  readonly height: number;
  /** [height, width, 4]: red, green, blue, opacity. */
  readonly rgba: Uint8Array;
}

export interface Wanted {
  /** Frames after these are not decoded. */
  readonly most: number;
  take(frame: RawFrame): void;
}

/** How many frames the file has. @throws HindcastError `file-unreadable` with the reason */
export type PictureDecoder = (data: Buffer, wanted: Wanted) => number;

/** The reason why a picture is set aside. */
export const broken = (form: string, why: string, cause?: unknown): HindcastError =>
  new HindcastError('file-unreadable', `it is no ${form} file that can be read: ${why}`, { cause });

/** A few bytes may stand for a picture that fills the memory. */
const MOST_PIXELS = 50_000_000;

/** @throws HindcastError `file-unreadable` */
export function requireSize(form: string, width: number, height: number): void {
  if (width === 0 || height === 0) throw broken(form, 'it is empty');
  if (width * height > MOST_PIXELS)
    throw broken(
      form,
      `it says ${width} x ${height} pixels, more than ${MOST_PIXELS / 1_000_000} million; reduce it first`,
    );
}
