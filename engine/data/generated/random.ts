// Numbers for generated data: Marsaglia's xorshift with 32 bits (2003), enough for test problems and the same everywhere.

export interface Numbers {
  /** In [0, 1), a multiple of 2^-32. */
  uniform(): number;
  /** Whole number from 0 to below `below`. */
  integer(below: number): number;
}

/** @param seed any whole number but 0 */
export function createNumbers(seed: number): Numbers {
  let state = seed | 0;
  const uniform = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 16; i++) uniform();
  return { uniform, integer: (below) => Math.floor(uniform() * below) };
}
