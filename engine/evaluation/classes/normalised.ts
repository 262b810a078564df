// Probabilities of classes, row by row.

/** Makes each row of `classes` values sum to 1, in place: rows of float32 shares do so only nearly. */
export function normalised(p: Float64Array, classes: number): Float64Array {
  for (let from = 0; from < p.length; from += classes) {
    let sum = 0;
    for (let one = 0; one < classes; one++) sum += p[from + one]!;
    for (let one = 0; one < classes; one++) p[from + one]! /= sum;
  }
  return p;
}
