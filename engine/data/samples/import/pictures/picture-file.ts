// Pictures by the beginning of their files: PNG, JPEG, GIF.
import { HindcastError } from '../../../../contract/values/errors.ts';
import type { Still } from '../../pictures/reduce.ts';
import { readGif } from './gif-file.ts';
import { readJpeg } from './jpeg-file.ts';
import { PNG_HEAD, readPng } from './png-file.ts';
import type { PictureDecoder, RawFrame } from './raw-picture.ts';

const DECODERS: readonly { readonly head: string; readonly decode: PictureDecoder }[] = [
  { head: PNG_HEAD, decode: readPng },
  { head: '\xff\xd8\xff', decode: readJpeg },
  { head: 'GIF8', decode: readGif },
];

/** For sentences. */
export const PICTURES = '.png, .jpg, .gif';

export const isPicture = (path: string): boolean => /\.(png|jpe?g|gif)$/i.test(path);
export const isGif = (path: string): boolean => /\.gif$/i.test(path);

export interface ReadPicture {
  readonly frames: readonly Still[];
  /** That were not read, because there are too many. */
  readonly left: number;
}

/** @throws HindcastError `file-unreadable` with the reason */
export function readPicture(
  data: Buffer,
  most: number,
  reduced: (still: Still) => Still = (still) => still,
): ReadPicture {
  const head = data.toString('latin1', 0, 8);
  const found = DECODERS.find((one) => head.startsWith(one.head));
  if (!found) throw new HindcastError('file-unreadable', `it is no picture of a known form: ${PICTURES}`);
  const frames: Still[] = [];
  const all = found.decode(data, { most, take: (frame) => frames.push(reduced(onWhite(frame))) });
  return { frames, left: all - frames.length };
}

/** What is transparent is white. */
function onWhite({ width, height, rgba }: RawFrame): Still {
  const pixels = new Uint8Array(3 * width * height);
  for (let at = 0; at < width * height; at++) {
    const opacity = rgba[4 * at + 3]!;
    for (let channel = 0; channel < 3; channel++)
      pixels[3 * at + channel] = Math.round(
        (rgba[4 * at + channel]! * opacity + 255 * (255 - opacity)) / 255,
      );
  }
  return { width, height, channels: 3, pixels };
}
