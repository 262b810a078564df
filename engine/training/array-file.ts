// The binary form of weights and checkpoints: named float32 arrays with a JSON header, versioned and checksummed.
//
// Layout, little-endian: 4 letters of the kind | uint32 version | uint32 length of the header | uint32 0 | JSON header, padded with
// spaces to a multiple of 8 | the arrays' floats, each padded with zeros to 8 | SHA-256 of everything before.
import { HindcastError } from '../contract/values/errors.ts';
import { parseLossless, stringifyLossless } from '../contract/values/json.ts';
import { type NamedArray, sizeOf } from '../models/parameters.ts';
import { DIGEST_BYTES, hasItsChecksum, sha256 } from './own-checksum.ts';

export interface ArrayFileKind {
  /** Four ASCII letters. */
  readonly letters: string;
  readonly version: number;
  /** For sentences: "checkpoint". */
  readonly noun: string;
}

export interface ArrayFile {
  /** Plain JSON; NaN and infinities survive, and every float64 keeps its bits. */
  readonly meta: unknown;
  readonly arrays: readonly NamedArray[];
}

interface Header {
  readonly meta: unknown;
  readonly arrays: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

const START_BYTES = 16;
const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** Equal contents give equal bytes. */
export function encodeArrayFile(kind: ArrayFileKind, { meta, arrays }: ArrayFile): Uint8Array<ArrayBuffer> {
  const header: Header = { meta, arrays: arrays.map(({ name, shape }) => ({ name, shape })) };
  const json = new TextEncoder().encode(stringifyLossless(header));
  const bodyStart = START_BYTES + padded(json.length);
  const bodyEnd = arrays.reduce((end, { values }) => end + padded(values.byteLength), bodyStart);
  const bytes = new Uint8Array(bodyEnd + DIGEST_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(kind.letters));
  view.setUint32(4, kind.version, true);
  view.setUint32(8, bodyStart - START_BYTES, true);
  bytes.set(json, START_BYTES);
  bytes.fill(0x20, START_BYTES + json.length, bodyStart);
  let at = bodyStart;
  for (const { values } of arrays) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += padded(values.byteLength);
  }
  bytes.set(sha256(bytes.subarray(0, bodyEnd)), bodyEnd);
  return bytes;
}

/**
 * The inverse of `encodeArrayFile`; the arrays are copies.
 * @throws HindcastError `workspace-damaged` where a byte changed or is missing, `workspace-newer` for a later version.
 */
export function decodeArrayFile(kind: ArrayFileKind, bytes: Uint8Array): ArrayFile {
  if (bytes.length < START_BYTES + DIGEST_BYTES) throw damaged(kind, `it has only ${bytes.length} bytes`);
  const letters = new TextDecoder().decode(bytes.subarray(0, 4));
  if (letters !== kind.letters) throw damaged(kind, `it begins with "${letters}", not "${kind.letters}"`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(4, true);
  if (version > kind.version) throw newer(kind, version);
  if (!hasItsChecksum(bytes)) throw damaged(kind, 'its checksum does not match its contents');
  const bodyStart = START_BYTES + view.getUint32(8, true);
  const text = new TextDecoder().decode(bytes.subarray(START_BYTES, bodyStart));
  // The checksum holds, so this is what encodeArrayFile wrote.
  const header = parseLossless(text) as Header;
  let at = bodyStart;
  const arrays = header.arrays.map(({ name, shape }) => {
    const byteLength = 4 * sizeOf(shape);
    const values = new Float32Array(sizeOf(shape));
    // Not `slice`: that of a Buffer is a view.
    new Uint8Array(values.buffer).set(bytes.subarray(at, at + byteLength));
    at += padded(byteLength);
    return { name, shape, values };
  });
  return { meta: header.meta, arrays };
}

function damaged(kind: ArrayFileKind, how: string): HindcastError {
  return new HindcastError(
    'workspace-damaged',
    `The ${kind.noun} is damaged: ${how}; \`hindcast check\` lists all damage; start the run again, or restore a backup of the workspace.`,
    { details: { what: kind.noun } },
  );
}

function newer(kind: ArrayFileKind, version: number): HindcastError {
  return new HindcastError(
    'workspace-newer',
    `The ${kind.noun} has format ${version}, this Hindcast knows up to ${kind.version}; use the newer Hindcast that wrote it.`,
    { details: { what: kind.noun, version } },
  );
}
