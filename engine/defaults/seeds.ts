// The seeds of a study of which only the number is given.

/** As many seeds, one after the other; they wrap around after the greatest. */
export const seedsFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => (first + index) % 2 ** 32);
