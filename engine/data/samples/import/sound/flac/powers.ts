// Whole powers of two as products.
const MOST = 64;
const POWERS: readonly number[] = Array.from({ length: MOST }).reduce<number[]>(
  (powers) => [...powers, 2 * powers.at(-1)!],
  [1],
);

/** 0 to 64. */
export const power = (exponent: number): number => POWERS[exponent]!;
