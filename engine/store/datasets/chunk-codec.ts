// The contents of a chunk: its hash, its length, and its bytes as numbers. Little-endian, like every machine that Node 24 runs
// on.
import { createHash } from 'node:crypto';
import type { PieceEncoding } from '../../contract/processes/importer.ts';
import { HindcastError } from '../../contract/values/errors.ts';

export interface Chunk {
  /** A ChunkEncoding of the importer's protocol; open, since later kinds bring their own. */
  readonly encoding: string;
  readonly rows: number;
  readonly data: Uint8Array;
}

/** 32 bytes over encoding, rows and data: the same bytes mean something else in another encoding. */
export function chunkHash({ encoding, rows, data }: Chunk): Buffer {
  return createHash('sha256').update(`${encoding}\n${rows}\n`).update(data).digest();
}

const PIECES: readonly string[] = ['text-utf8', 'f32-rows', 'pcm-s16', 'u8-frames'] satisfies PieceEncoding[];
const LENGTH_BYTES = 4;

/** Whether the data have the length that the rows take; true for an encoding that this program does not know. */
export function hasRightLength({ encoding, rows, data }: Chunk): boolean {
  if (PIECES.includes(encoding)) {
    if (data.length < rows * LENGTH_BYTES) return false;
    return lengthsOf(data, rows).reduce((sum, length) => sum + length, rows * LENGTH_BYTES) === data.length;
  }
  const bytes = chunkBytes(encoding, rows);
  return bytes === undefined || bytes === data.length;
}

const lengthsOf = (data: Uint8Array, rows: number): Uint32Array =>
  new Uint32Array(ownBuffer(data, rows * LENGTH_BYTES));

/** [rows] bytes each, as views. Throws `internal` for an encoding of numbers. */
export function decodePieces({ encoding, rows, data }: Chunk): Uint8Array[] {
  if (!PIECES.includes(encoding)) throw unknownEncoding(encoding);
  let at = rows * LENGTH_BYTES;
  return Array.from(lengthsOf(data, rows), (length) => {
    const piece = data.subarray(at, at + length);
    at += length;
    return piece;
  });
}

function unknownEncoding(encoding: string): HindcastError {
  return new HindcastError(
    'internal',
    `This Hindcast cannot read values stored as "${encoding}": update it.`,
  );
}

/** Whether this program can read it. */
export const isKnownEncoding = (encoding: string): boolean =>
  PIECES.includes(encoding) || chunkBytes(encoding, 0) !== undefined;

function chunkBytes(encoding: string, rows: number): number | undefined {
  if (encoding === 'time-i64') return rows * 8;
  if (encoding === 'numeric-f64') return rows * 8 + Math.ceil(rows / 8);
  if (encoding === 'category-i32') return rows * 4;
  return undefined;
}

/** [rows] microseconds UTC. */
export function decodeTimes({ rows, data }: Chunk): BigInt64Array {
  return new BigInt64Array(ownBuffer(data, rows * 8));
}

/** [rows] float64; NaN exactly where missing. Categories become their codes. Throws `internal` for an unknown encoding. */
export function decodeValues(chunk: Chunk): Float64Array {
  if (chunk.encoding === 'numeric-f64') return decodeNumeric(chunk);
  if (chunk.encoding === 'category-i32') return decodeCategory(chunk);
  throw unknownEncoding(chunk.encoding);
}

/** The same into `target`, [rows]: a long column is not copied twice. */
export function decodeValuesInto(chunk: Chunk, target: Float64Array): void {
  if (chunk.encoding === 'numeric-f64') decodeNumericInto(chunk, target);
  else target.set(decodeValues(chunk));
}

function decodeNumeric(chunk: Chunk): Float64Array {
  const values = new Float64Array(chunk.rows);
  decodeNumericInto(chunk, values);
  return values;
}

/** float64 [rows], then a validity bitmap: bit i of byte i>>3 is 1 where row i is valid. */
function decodeNumericInto({ rows, data }: Chunk, values: Float64Array): void {
  new Uint8Array(values.buffer, values.byteOffset, rows * 8).set(data.subarray(0, rows * 8));
  const validity = data.subarray(rows * 8);
  for (let byte = 0; byte < validity.length; byte++) {
    const bits = validity[byte] as number;
    if (bits === 0xff) continue;
    const end = Math.min(rows, byte * 8 + 8);
    for (let row = byte * 8; row < end; row++) if (((bits >> (row & 7)) & 1) === 0) values[row] = Number.NaN;
  }
}

/** int32 codes [rows], -1 where missing. */
function decodeCategory({ rows, data }: Chunk): Float64Array {
  const codes = new Int32Array(ownBuffer(data, rows * 4));
  return Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : code));
}

/** The first `bytes` of `data` in a buffer of their own, so that they are aligned. */
function ownBuffer(data: Uint8Array, bytes: number): ArrayBuffer {
  return new Uint8Array(data.subarray(0, bytes)).buffer;
}
