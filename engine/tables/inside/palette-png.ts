// A PNG of cells with a palette of colours, without compression: a byte a cell, and the same bytes on every machine.
import { base64OfBytes } from '../../contract/values/base64.ts';

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Of a palette: the first is for what is not known. */
const COLORS = 256;
/** Bytes that a stored block of zlib holds at most. */
const BLOCK = 65_535;

/**
 * @param values [lines][cells] NaN: no value
 * @param table colours from the lowest value to the highest, red in the lowest byte
 * @returns `data:image/png;base64,...`
 */
export function palettePng(
  values: readonly ArrayLike<number>[],
  { low, high }: Range,
  table: Uint32Array,
): string {
  const width = Math.max(1, values[0]?.length ?? 0);
  const rows = new Uint8Array((width + 1) * values.length);
  const factor = high > low ? (COLORS - 2) / (high - low) : 0;
  for (const [line, cells] of values.entries()) {
    for (let cell = 0; cell < cells.length; cell++) {
      const value = cells[cell]!;
      const index = Number.isNaN(value)
        ? 0
        : 1 + Math.max(0, Math.min(COLORS - 2, Math.round((value - low) * factor)));
      rows[line * (width + 1) + 1 + cell] = index;
    }
  }
  const palette = new Uint8Array(3 * COLORS).fill(0xe0);
  for (let index = 1; index < COLORS; index++) {
    const color = table[Math.round(((index - 1) / (COLORS - 2)) * (table.length - 1))]!;
    palette.set([color & 0xff, (color >>> 8) & 0xff, (color >>> 16) & 0xff], 3 * index);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, Math.max(1, values.length));
  // Eight bits a cell, of a palette.
  header.set([8, 3], 8);
  const bytes = joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', stored(rows)),
    chunk('IEND', new Uint8Array(0)),
  ]);
  return `data:image/png;base64,${base64OfBytes(bytes)}`;
}

/** zlib's format with blocks that are stored as they are. */
function stored(data: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let from = 0; from < data.length || from === 0; from += BLOCK) {
    const block = data.subarray(from, from + BLOCK);
    const isLast = from + BLOCK >= data.length;
    const { length } = block;
    parts.push(
      Uint8Array.of(isLast ? 1 : 0, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff),
      block,
    );
  }
  const sum = new Uint8Array(4);
  new DataView(sum.buffer).setUint32(0, adler(data));
  return joined([...parts, sum]);
}

function adler(data: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of data) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return ((b << 16) | a) >>> 0;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = joined([Uint8Array.from(type, (letter) => letter.charCodeAt(0)), data]);
  const [length, sum] = [new Uint8Array(4), new Uint8Array(4)];
  new DataView(length.buffer).setUint32(0, data.length);
  new DataView(sum.buffer).setUint32(0, crc(body));
  return joined([length, body, sum]);
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc(data: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of data) sum = CRC_TABLE[(sum ^ byte) & 0xff]! ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
