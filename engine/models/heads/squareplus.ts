// Squareplus (Barron 2021): a smooth positive function of any number, with the same bits everywhere, since it takes a root alone.
/** (x + root(x^2 + c^2)) / 2: c / 2 at 0, x far above it, and never 0. */
export const squareplus = (x: number, c: number): number =>
  // Far below 0 the sum would cancel.
  x > 0 ? (x + Math.sqrt(x * x + c * c)) / 2 : (c * c) / (2 * (Math.sqrt(x * x + c * c) - x));

export const squareplusSlope = (x: number, c: number): number => squareplus(x, c) / Math.sqrt(x * x + c * c);
