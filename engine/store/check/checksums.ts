// The checksum of a metric row: CRC-32 behind the values, which rows of an older Hindcast lack.
import { crc32 } from 'node:zlib';

const FLOAT_BYTES = 8;
const CHECKSUM_BYTES = 4;

/** The values of a row with their checksum, which says also which row it is. */
export function sealRow(values: Uint8Array, index: number): Uint8Array {
  const sealed = Buffer.alloc(values.length + CHECKSUM_BYTES);
  sealed.set(values);
  sealed.writeUInt32LE(crc32(values, index >>> 0), values.length);
  return sealed;
}

/** Rows of an older Hindcast have no checksum: only their length can be checked. */
export function isAsStored(row: Buffer, index: number, width: number): boolean {
  const bytes = width * FLOAT_BYTES;
  if (row.length === bytes) return true;
  if (row.length !== bytes + CHECKSUM_BYTES) return false;
  return row.readUInt32LE(bytes) === crc32(row.subarray(0, bytes), index >>> 0);
}

/** Whether bytes of any length carry their checksum. */
export function isSealed(row: Buffer, index: number): boolean {
  const bytes = row.length - CHECKSUM_BYTES;
  return bytes >= 0 && row.readUInt32LE(bytes) === crc32(row.subarray(0, bytes), index >>> 0);
}

export const unsealed = (row: Buffer): Uint8Array => row.subarray(0, row.length - CHECKSUM_BYTES);
