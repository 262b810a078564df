// Ordinary least squares by the normal equations and Cholesky's factors, for a few regressors.

export interface Fit {
  readonly coefficients: readonly number[];
  /** Standard error of the first coefficient. */
  readonly firstError: number;
  /** Sum of squared residuals. */
  readonly squares: number;
  readonly rows: number;
}

/** Lower factor of a symmetric matrix; null where it is not positive definite. */
function factor(matrix: readonly (readonly number[])[]): number[][] | null {
  const lower: number[][] = matrix.map((row) => row.map(() => 0));
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      if (i !== j) lower[i]![j] = sum / lower[j]![j]!;
      else if (sum <= 0) return null;
      else lower[i]![i] = Math.sqrt(sum);
    }
  }
  return lower;
}

function solve(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length;
  const y = [...right];
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) y[i]! -= lower[i]![k]! * y[k]!;
    y[i]! /= lower[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) y[i]! -= lower[k]![i]! * y[k]!;
    y[i]! /= lower[i]![i]!;
  }
  return y;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < a.length; row++) sum += a[row]! * b[row]!;
  return sum;
}

/** [regressors][regressors], of which the lower half is filled. */
const productsOf = (columns: readonly Float64Array[]): number[][] =>
  columns.map((a, i) => columns.map((b, j) => (j <= i ? product(a, b) : 0)));

function squaresOf(
  columns: readonly Float64Array[],
  target: Float64Array,
  coefficients: readonly number[],
): number {
  const residuals = target.slice();
  for (const [i, one] of coefficients.entries()) {
    const column = columns[i]!;
    for (let row = 0; row < residuals.length; row++) residuals[row]! -= one * column[row]!;
  }
  return product(residuals, residuals);
}

/**
 * The fits with the first `fewest` regressors, with one more, and so on up to all of them. Their normal equations are parts of one another, so that
 * all of them cost hardly more than the last one.
 * @param columns [regressors][rows]
 * @returns null where the regressors depend on each other
 */
export function leadingFits(
  columns: readonly Float64Array[],
  target: Float64Array,
  fewest: number,
): Fit[] | null {
  const lower = factor(productsOf(columns));
  if (lower === null) return null;
  const right = columns.map((column) => product(column, target));
  const rows = target.length;
  return Array.from({ length: columns.length - fewest + 1 }, (_, more) => {
    const count = fewest + more;
    const coefficients = solve(lower, right.slice(0, count));
    const squares = squaresOf(columns, target, coefficients);
    const unit = Array.from({ length: count }, (_, i) => (i === 0 ? 1 : 0));
    const [inverse = Number.NaN] = solve(lower, unit);
    return {
      coefficients,
      firstError: Math.sqrt((squares / (rows - count)) * inverse),
      squares,
      rows,
    };
  });
}
