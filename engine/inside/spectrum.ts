// Singular values and eigenvalues of a square matrix: exact up to 256 rows, the largest alone by iteration above.
import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';

export interface Spectrum {
  /** Falling. */
  readonly singularValues: number[];
  /** Falling by their absolute values. */
  readonly eigenvalues: { readonly re: number; readonly im: number }[];
  readonly radius: number;
  readonly method: 'exact' | 'iterated';
}

const MOST_EXACT = 256;
const POWER_STEPS = 200;

/** One square block of recurrent weights [units, blocks x units]. */
export function blockAt(
  values: Float32Array,
  { units, blocks, index }: { readonly units: number; readonly blocks: number; readonly index: number },
): Float64Array {
  const out = new Float64Array(units * units);
  for (let row = 0; row < units; row++) {
    const first = (row * blocks + index) * units;
    out.set(values.subarray(first, first + units), row * units);
  }
  return out;
}

/** @param values [size, size], row-major */
export function spectrumOf(values: Float64Array, size: number): Spectrum {
  return size <= MOST_EXACT ? exact(values, size) : iterated(values, size, POWER_STEPS);
}

function exact(values: Float64Array, size: number): Spectrum {
  const matrix = Matrix.from1DArray(size, size, values);
  const { diagonal } = new SingularValueDecomposition(matrix, {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
  });
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(matrix);
  const eigenvalues = realEigenvalues
    .map((re, index) => ({ re, im: imaginaryEigenvalues[index]! }))
    .sort((a, b) => Math.hypot(b.re, b.im) - Math.hypot(a.re, a.im) || b.im - a.im);
  const [largest] = eigenvalues;
  return {
    singularValues: [...diagonal].sort((a, b) => b - a),
    eigenvalues,
    radius: largest ? Math.hypot(largest.re, largest.im) : 0,
    method: 'exact',
  };
}

const QUICK_STEPS = 24;

/** Radius and largest singular value by a few steps of iteration: a small part of the time of all of them, within a few per cent. */
export function extremesOf(values: Float64Array, size: number): { radius: number; largest: number } {
  const { radius, singularValues } = iterated(values, size, QUICK_STEPS);
  return { radius, largest: singularValues[0]! };
}

/** sigma_1 by power iteration on W^T W; the radius as |W^k v|^(1/k), as the largest pair may be complex and turn v about. */
function iterated(values: Float64Array, size: number, steps: number): Spectrum {
  const start = Float64Array.from({ length: size }, (_, index) => 1 + (index % 7) / 7);
  let vector = start;
  let squared = 0;
  for (let round = 0; round < steps; round++) {
    const next = transposedTimes(values, times(values, vector));
    squared = lengthOf(next);
    if (squared === 0) break;
    vector = next.map((value) => value / squared);
  }
  return {
    singularValues: [Math.sqrt(squared)],
    eigenvalues: [],
    radius: growthOf(values, start, 2 * steps),
    method: 'iterated',
  };
}

/** Geometric mean growth over the later rounds, when what dies out has died out. */
function growthOf(values: Float64Array, start: Float64Array, rounds: number): number {
  const settled = Math.floor(rounds / 3);
  let vector: Float64Array = start.map((value) => value / lengthOf(start));
  let logs = 0;
  for (let round = 0; round < rounds; round++) {
    const next = times(values, vector);
    const length = lengthOf(next);
    if (length === 0) return 0;
    if (round >= settled) logs += Math.log(length);
    for (let at = 0; at < next.length; at++) next[at]! /= length;
    vector = next;
  }
  return Math.exp(logs / (rounds - settled));
}

/** Rows that are added up side by side: one after the other, each sum would wait for its last addition. */
const ROWS = 4;

function times(values: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  const out = new Float64Array(size);
  let row = 0;
  for (; row + ROWS <= size; row += ROWS) {
    let [first, second, third, fourth] = [0, 0, 0, 0];
    const at = row * size;
    for (let column = 0; column < size; column++) {
      const value = vector[column]!;
      first += values[at + column]! * value;
      second += values[at + size + column]! * value;
      third += values[at + 2 * size + column]! * value;
      fourth += values[at + 3 * size + column]! * value;
    }
    out[row] = first;
    out[row + 1] = second;
    out[row + 2] = third;
    out[row + 3] = fourth;
  }
  for (; row < size; row++) {
    let sum = 0;
    for (let column = 0; column < size; column++) sum += values[row * size + column]! * vector[column]!;
    out[row] = sum;
  }
  return out;
}

function transposedTimes(values: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  const out = new Float64Array(size);
  let row = 0;
  for (; row + ROWS <= size; row += ROWS) {
    const at = row * size;
    const [first, second, third, fourth] = [
      vector[row]!,
      vector[row + 1]!,
      vector[row + 2]!,
      vector[row + 3]!,
    ];
    for (let column = 0; column < size; column++) {
      out[column]! +=
        values[at + column]! * first +
        values[at + size + column]! * second +
        values[at + 2 * size + column]! * third +
        values[at + 3 * size + column]! * fourth;
    }
  }
  for (; row < size; row++) {
    const factor = vector[row]!;
    for (let column = 0; column < size; column++) out[column]! += values[row * size + column]! * factor;
  }
  return out;
}

function lengthOf(vector: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < vector.length; at++) sum += vector[at]! * vector[at]!;
  return Math.sqrt(sum);
}
