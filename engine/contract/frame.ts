// Frames: named columns of numbers as one binary block, so that series and curves travel without JSON:
// NaN, infinities and every bit of a float64 survive.
//
// Layout, little-endian: 'HCF1' | uint32 length of the JSON header | header, padded with spaces to a multiple of 8 | columns, each padded to 8.
import { HindcastError } from './errors.ts';

export type FrameColumn = Float64Array | Float32Array | Int32Array | BigInt64Array | Uint8Array;

export interface Frame<Header = Readonly<Record<string, unknown>>> {
  readonly header: Header;
  readonly columns: Readonly<Record<string, FrameColumn>>;
}

const MAGIC = 0x31464348; // 'HCF1'
const TYPES = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  i64: BigInt64Array,
  u8: Uint8Array,
} as const;
type TypeName = keyof typeof TYPES;

interface Layout {
  readonly header: unknown;
  readonly columns: readonly { readonly name: string; readonly type: TypeName; readonly length: number }[];
}

function typeOf(column: FrameColumn): TypeName {
  for (const [name, TypedArray] of Object.entries(TYPES))
    if (column instanceof TypedArray) return name as TypeName;
  throw new HindcastError('internal', 'a frame column must be a typed array that frames know');
}

const padded = (bytes: number): number => (bytes + 7) & ~7;

/** One block of bytes with the header (JSON) and every column. */
export function encodeFrame(frame: Frame<unknown>): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(frame.columns);
  const layout: Layout = {
    header: frame.header,
    columns: entries.map(([name, column]) => ({ name, type: typeOf(column), length: column.length })),
  };
  const json = new TextEncoder().encode(JSON.stringify(layout));
  const bodyStart = 8 + padded(json.length);
  const total = entries.reduce((sum, [, column]) => sum + padded(column.byteLength), bodyStart);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, bodyStart - 8, true);
  bytes.set(json, 8);
  bytes.fill(0x20, 8 + json.length, bodyStart);
  let at = bodyStart;
  for (const [, column] of entries) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += padded(column.byteLength);
  }
  return bytes;
}

/** The inverse of `encodeFrame`; columns are views of `bytes` where its alignment allows. */
export function decodeFrame<Header = Readonly<Record<string, unknown>>>(bytes: Uint8Array): Frame<Header> {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const view = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength);
  if (aligned.length < 8 || view.getUint32(0, true) !== MAGIC) {
    throw new HindcastError('internal', 'the block of bytes is not a frame');
  }
  const headerBytes = view.getUint32(4, true);
  const layout = JSON.parse(new TextDecoder().decode(aligned.subarray(8, 8 + headerBytes))) as Layout;
  const columns: Record<string, FrameColumn> = {};
  let at = 8 + headerBytes;
  for (const { name, type, length } of layout.columns) {
    const TypedArray = TYPES[type];
    columns[name] = new TypedArray(aligned.buffer as ArrayBuffer, aligned.byteOffset + at, length);
    at += padded(length * TypedArray.BYTES_PER_ELEMENT);
  }
  return { header: layout.header as Header, columns };
}

/** A frame as the API carries it. */
export function frameBlob(frame: Frame<unknown>): Blob {
  return new Blob([encodeFrame(frame)], { type: 'application/x-hindcast-frame' });
}

export async function readFrameBlob<Header>(blob: Blob): Promise<Frame<Header>> {
  return decodeFrame<Header>(new Uint8Array(await blob.arrayBuffer()));
}
