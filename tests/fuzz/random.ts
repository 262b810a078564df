// Seeded random numbers (mulberry32), so that a finding of the fuzzer can be reproduced.

export interface RandomNumbers {
  /** A whole number from 0 to below `end`. */
  below(end: number): number;
}

export function randomFrom(seed: number): RandomNumbers {
  let state = seed >>> 0;
  return {
    below(end) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
    },
  };
}
