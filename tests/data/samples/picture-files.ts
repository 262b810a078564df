// Picture files made by a test: PNG, JPEG, GIF, of pixels that a function names.
import { encode } from 'jpeg-js';
import { PNG } from 'pngjs';

type Colour = readonly [red: number, green: number, blue: number, opacity?: number];
type Paint = (x: number, y: number) => Colour;

const painted = (width: number, height: number, paint: Paint): Uint8Array =>
  Uint8Array.from({ length: 4 * width * height }, (_, at) => {
    const pixel = Math.floor(at / 4);
    return paint(pixel % width, Math.floor(pixel / width))[at % 4] ?? 255;
  });

export function pngOf(width: number, height: number, paint: Paint): Buffer {
  const png = new PNG({ width, height });
  png.data.set(painted(width, height, paint));
  return PNG.sync.write(png);
}

export const jpegOf = (width: number, height: number, paint: Paint): Buffer =>
  encode({ width, height, data: painted(width, height, paint) }, 95).data;

interface GifFrame {
  readonly left?: number;
  readonly top?: number;
  readonly width: number;
  readonly height: number;
  /** [height, width] numbers of grey levels; -1 is transparent. */
  readonly levels: readonly number[];
  readonly disposal?: number;
}

const word = (value: number): number[] => [value & 255, value >> 8];
/** Level 255 is kept for what is transparent. */
const CLEAR = 255;

/** With a table of 256 grey levels; its codes are not compressed. */
export function gifOf(width: number, height: number, frames: readonly GifFrame[]): Buffer {
  const table = Array.from({ length: 256 }, (_, level) => [level, level, level]).flat();
  const parts = [...Buffer.from('GIF89a', 'latin1'), ...word(width), ...word(height), 0xf7, 0, 0, ...table];
  for (const { left = 0, top = 0, width: across, height: down, levels, disposal = 1 } of frames) {
    parts.push(0x21, 0xf9, 4, (disposal << 2) | 1, ...word(10), CLEAR, 0);
    parts.push(0x2c, ...word(left), ...word(top), ...word(across), ...word(down), 0);
    const data = codesOf(levels.map((level) => (level < 0 ? CLEAR : level)));
    parts.push(8);
    for (let at = 0; at < data.length; at += 255) {
      const block = data.slice(at, at + 255);
      parts.push(block.length, ...block);
    }
    parts.push(0);
  }
  return Buffer.from([...parts, 0x3b]);
}

/** Codes of nine bits, with a clear code before the table would need more. */
function codesOf(levels: readonly number[]): number[] {
  const codes = levels.flatMap((level, index) => (index % 250 === 0 ? [256, level] : [level]));
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const code of [...codes, 257]) {
    bits |= code << count;
    count += 9;
    while (count >= 8) {
      bytes.push(bits & 255);
      bits >>= 8;
      count -= 8;
    }
  }
  return count > 0 ? [...bytes, bits & 255] : bytes;
}
