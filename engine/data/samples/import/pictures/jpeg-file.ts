// JPEG files, decoded by jpeg-js, turned as their camera says (EXIF orientation).
import { decode } from 'jpeg-js';
import { turned } from './orientation.ts';
import { broken, type PictureDecoder, type RawFrame, requireSize } from './raw-picture.ts';

const MOST_MEGAPIXELS = 50;
const MOST_MEGABYTES = 1_024;

export const readJpeg: PictureDecoder = (data, { take }) => {
  const { width, height, orientation } = headOf(data);
  requireSize('JPEG', width, height);
  take(turned(decoded(data), orientation));
  return 1;
};

function decoded(data: Buffer): RawFrame {
  try {
    const found = decode(data, {
      useTArray: true,
      tolerantDecoding: false,
      maxResolutionInMP: MOST_MEGAPIXELS,
      maxMemoryUsageInMB: MOST_MEGABYTES,
    });
    return { width: found.width, height: found.height, rgba: found.data };
  } catch (cause) {
    throw broken('JPEG', 'it is damaged or cut off', cause);
  }
}

/** Start of frame, of any process but the lossless ones. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const APP1 = 0xe1;
const SCAN = 0xda;

function headOf(data: Buffer) {
  let orientation = 1;
  for (let at = 2; at + 9 < data.length; ) {
    if (data[at] !== 0xff) throw broken('JPEG', 'it is damaged');
    const marker = data[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === SCAN) break;
    const size = data.readUInt16BE(at + 2);
    if (marker === APP1) orientation = orientationIn(data.subarray(at + 4, at + 2 + size)) ?? orientation;
    if (isFrame(marker))
      return { width: data.readUInt16BE(at + 7), height: data.readUInt16BE(at + 5), orientation };
    at += 2 + size;
  }
  throw broken('JPEG', 'it is cut off');
}

const ORIENTATION = 0x0112;

/** Of the block `Exif`; undefined where it says nothing. */
function orientationIn(block: Buffer): number | undefined {
  if (block.toString('latin1', 0, 6) !== 'Exif\0\0') return undefined;
  const tiff = block.subarray(6);
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number =>
    at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const long = (at: number): number =>
    at + 4 > tiff.length ? 0 : isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at);
  const directory = long(4);
  for (let entry = 0; entry < short(directory); entry++) {
    const at = directory + 2 + 12 * entry;
    if (short(at) === ORIENTATION) return short(at + 8);
  }
  return undefined;
}
