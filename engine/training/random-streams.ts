// Named random streams: the only source of randomness in training. Equal seeds give equal runs on every machine, and a resumed
// run continues each stream where it stopped.
// Generator: xoshiro128** 1.1 (Blackman and Vigna, https://prng.di.unimi.it), seeded through SHA-256 of seed and name.
import { createHash } from 'node:crypto';
import { HindcastError } from '../contract/values/errors.ts';

/** init: first weights; shuffle: order of the examples; dropout: masks; augment: changes of training examples. Adding a name leaves the others' numbers as they are. */
export const STREAM_NAMES = ['init', 'shuffle', 'dropout', 'augment'] as const;
export type StreamName = (typeof STREAM_NAMES)[number];
export type RandomStreams = Readonly<Record<StreamName, RandomStream>>;

/** [4] 32-bit words, not all zero. */
export type StreamState = readonly number[];

export interface RandomStream {
  /** 0 to 2^32 - 1. */
  uint32(): number;
  /** In [0, 1), 53 random bits, from two draws. */
  uniform(): number;
  /** In [0, 1), 24 random bits, exact as a float32, from one draw. */
  uniform24(): number;
  /** 0 to below - 1, without bias; `below` from 1 to 2^32. */
  integer(below: number): number;
  /** The numbers 0 to count - 1 in random order (Fisher and Yates). */
  permutation(count: number): Uint32Array;
  /** What `openRandomStream` needs to continue from here. */
  state(): StreamState;
}

const TWO_32 = 2 ** 32;

const rotateLeft = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/** A stream that continues from a saved state. @throws HindcastError `internal` for a state that no stream can have. */
export function openRandomStream(saved: StreamState): RandomStream {
  const [a = 0, b = 0, c = 0, d = 0] = saved;
  if (saved.length !== 4 || (a | b | c | d) === 0) {
    throw new HindcastError('internal', 'the state of a random stream must be four words, not all zero');
  }
  const words = Uint32Array.of(a, b, c, d);

  function uint32(): number {
    const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = words;
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const mixed2 = s2 ^ s0;
    const mixed3 = s3 ^ s1;
    words[0] = s0 ^ mixed3;
    words[1] = s1 ^ mixed2;
    words[2] = mixed2 ^ (s1 << 9);
    words[3] = rotateLeft(mixed3, 11);
    return result;
  }

  function integer(below: number): number {
    // The draws beyond the last whole multiple of `below` would favour small numbers.
    const limit = TWO_32 - (TWO_32 % below);
    for (;;) {
      const draw = uint32();
      if (draw < limit) return draw % below;
    }
  }

  function permutation(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, index) => index);
    for (let last = count - 1; last > 0; last--) {
      const other = integer(last + 1);
      const kept = order[last]!;
      order[last] = order[other]!;
      order[other] = kept;
    }
    return order;
  }

  return {
    uint32,
    uniform: () => ((uint32() >>> 5) * 2 ** 26 + (uint32() >>> 6)) / 2 ** 53,
    uniform24: () => (uint32() >>> 8) / 2 ** 24,
    integer,
    permutation,
    state: () => [...words],
  };
}

/** The stream of that name for a seed (a non-negative integer). */
export function seedRandomStream(seed: number, name: string): RandomStream {
  const digest = createHash('sha256').update(`hindcast random 1\n${seed}\n${name}`).digest();
  return openRandomStream([0, 4, 8, 12].map((at) => digest.readUInt32LE(at)));
}

export function seedRandomStreams(seed: number): RandomStreams {
  return mapStreams((name) => seedRandomStream(seed, name));
}

/** One value for each stream. */
export function mapStreams<T>(make: (name: StreamName) => T): Readonly<Record<StreamName, T>> {
  return Object.fromEntries(STREAM_NAMES.map((name) => [name, make(name)])) as Record<StreamName, T>;
}
