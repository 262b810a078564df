// Messages of a training as bytes: JSON, and after it the arrays that it names. What a worker sends is read by this and a schema, and
// by nothing that could run code.
import { HindcastError } from '../../contract/values/errors.ts';

/** Arrays beyond this travel in pieces of their own, so that no row of the mailbox is long. */
const MOST_INLINE = 256 * 1024;
export const PIECE_BYTES = 2 ** 20;

export interface Encoded {
  readonly body: Buffer;
  /** The arrays one after the other; empty where they are in the body. */
  readonly pieces: readonly Uint8Array[];
}

const ARRAYS = { f64: Float64Array, u8: Uint8Array } as const;
type ArrayName = keyof typeof ARRAYS;

/** @param split the arrays always travel in pieces */
export function encodeMessage(message: object, split = false): Encoded {
  const arrays: Uint8Array[] = [];
  let length = 0;
  // `this` has the value as it is: a Buffer would come as what its own toJSON makes of it.
  const json = JSON.stringify(
    message,
    function (this: Readonly<Record<string, unknown>>, key, given: unknown) {
      const value = this[key];
      if (typeof value === 'number') return numberToJson(value);
      const name = arrayName(value);
      if (name === null) return given;
      const { buffer, byteOffset, byteLength } = value as Uint8Array;
      arrays.push(new Uint8Array(buffer, byteOffset, byteLength));
      const at = length;
      length += byteLength;
      return { $array: name, at, bytes: byteLength };
    },
  );
  const text = Buffer.from(json);
  const head = Buffer.alloc(4);
  head.writeUInt32LE(text.length);
  if (!split && length <= MOST_INLINE) return { body: Buffer.concat([head, text, ...arrays]), pieces: [] };
  return { body: Buffer.concat([head, text]), pieces: inPieces(Buffer.concat(arrays)) };
}

/** At least one, so that an empty checkpoint has a piece too. */
export function inPieces(bytes: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / PIECE_BYTES));
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES),
  );
}

const arrayName = (value: unknown): ArrayName | null =>
  value instanceof Float64Array ? 'f64' : value instanceof Uint8Array ? 'u8' : null;

/** JSON has no NaN, no infinities and no negative zero. */
const numberToJson = (value: number): unknown =>
  Number.isFinite(value) && !Object.is(value, -0)
    ? value
    : { $float: Object.is(value, -0) ? '-0' : String(value) };

/** @throws HindcastError `invalid-input` where the bytes are no message */
export function decodeMessage(body: Uint8Array, pieces: readonly Uint8Array[]): unknown {
  try {
    const view = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const end = 4 + view.readUInt32LE(0);
    const bytes = pieces.length > 0 ? Buffer.concat(pieces) : view.subarray(end);
    return JSON.parse(view.toString('utf8', 4, end), (_key, value: unknown) => revived(value, bytes));
  } catch (cause) {
    throw new HindcastError('invalid-input', 'A worker sent a message that cannot be read.', { cause });
  }
}

function revived(value: unknown, bytes: Buffer): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$float' in value) return Number(value.$float);
  if (!('$array' in value)) return value;
  const { $array, at, bytes: length } = value as { $array: ArrayName; at: number; bytes: number };
  if (at < 0 || length < 0 || at + length > bytes.length) throw new RangeError('an array beyond the end');
  // A copy of its own: aligned, and it keeps no other array in memory.
  return new ARRAYS[$array](new Uint8Array(bytes.subarray(at, at + length)).buffer);
}
