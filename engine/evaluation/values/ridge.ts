// Linear regression with an L2 penalty (ridge), by conjugate gradients on the normal equations in float64 from zero weights, so that equal data
// give equal weights. The mean of the numbers is taken off first and not penalised.
//
// Minimises |X w - y|^2 + penalty |w|^2.
import type { SparseRow, SparseTable } from '../classes/baselines/features.ts';

const MOST_STEPS = 200;
const TOLERANCE = 1e-8;

/** @param values [rows] */
export function fitRidge(
  { columns, rows }: SparseTable,
  values: Float64Array,
  penalty: number,
): (row: SparseRow) => number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const goal = new Float64Array(columns);
  for (const [index, row] of rows.entries()) add(goal, row, values[index]! - mean);
  const times = (w: Float64Array): Float64Array => {
    const result = w.map((value) => penalty * value);
    for (const row of rows) add(result, row, product(row, w));
    return result;
  };
  const weights = solve(goal, times);
  return (row) => mean + product(row, weights);
}

/** Hestenes and Stiefel 1952. */
function solve(goal: Float64Array, times: (at: Float64Array) => Float64Array): Float64Array {
  const weights = new Float64Array(goal.length);
  const rest = goal.slice();
  let direction = goal.slice();
  let size = dot(rest, rest);
  const enough = TOLERANCE * TOLERANCE * size;
  for (let step = 0; step < MOST_STEPS && size > enough; step++) {
    const image = times(direction);
    const length = size / dot(direction, image);
    for (let at = 0; at < weights.length; at++) {
      weights[at]! += length * direction[at]!;
      rest[at]! -= length * image[at]!;
    }
    const next = dot(rest, rest);
    direction = rest.map((value, at) => value + (next / size) * direction[at]!);
    size = next;
  }
  return weights;
}

function add(to: Float64Array, { columns, values }: SparseRow, share: number): void {
  for (let index = 0; index < columns.length; index++) to[columns[index]!]! += share * values[index]!;
}

function product({ columns, values }: SparseRow, weights: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < columns.length; index++) sum += values[index]! * weights[columns[index]!]!;
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}
