// Reads numbers of any count of bits, the highest bit first. Beyond the end a RangeError.
import { power } from './powers.ts';

export interface Bits {
  /** Bytes that are wholly or partly read. */
  readonly position: number;
  /** At most 32 bits, unsigned. */
  take(bits: number): number;
  /** The same in two's complement; up to 33 bits. */
  signed(bits: number): number;
  /** Zeros before the next one, which is read too. */
  zeros(): number;
  toByte(): void;
}

export function readBits(data: Uint8Array, from: number): Bits {
  let at = 8 * from;
  const end = 8 * data.length;
  const take = (bits: number): number => {
    if (at + bits > end) throw new RangeError('the end');
    let value = 0;
    for (let left = bits; left > 0; ) {
      const free = 8 - (at & 7);
      const some = Math.min(free, left);
      value = value * power(some) + ((data[at >> 3]! >> (free - some)) & (power(some) - 1));
      at += some;
      left -= some;
    }
    return value;
  };
  return {
    get position() {
      return (at + 7) >> 3;
    },
    take,
    signed(bits) {
      if (bits === 0) return 0;
      const value = take(bits);
      return value >= power(bits - 1) ? value - power(bits) : value;
    },
    zeros() {
      let count = 0;
      while (take(1) === 0) count += 1;
      return count;
    },
    toByte() {
      at = (at + 7) & ~7;
    },
  };
}
