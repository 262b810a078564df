// Infinite numbers for oRPC's JSON, which only knows NaN, and small blocks of bytes. Both ends of every transport must use the same list.
import { base64OfBytes, bytesOfBase64 } from '../values/base64.ts';
import { HeldBytes } from '../values/frame-answer.ts';

interface JsonSerializer {
  /** Numbers below 20 belong to oRPC. */
  readonly type: number;
  condition(data: unknown): boolean;
  serialize(data: unknown): unknown;
  deserialize(serialized: unknown): unknown;
}

export const jsonSerializers: JsonSerializer[] = [
  {
    type: 20,
    condition: (data) => data === Number.POSITIVE_INFINITY || data === Number.NEGATIVE_INFINITY,
    serialize: (data) => String(data),
    deserialize: (serialized) => Number(serialized),
  },
  {
    type: 21,
    condition: (data) => data instanceof HeldBytes,
    serialize: (data) => base64OfBytes((data as HeldBytes).bytes),
    deserialize: (serialized) => new HeldBytes(bytesOfBase64(String(serialized))),
  },
];
