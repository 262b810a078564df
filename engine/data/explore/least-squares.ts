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

/** @param columns [regressors][rows] @returns null where the regressors depend on each other */
export function leastSquares(columns: readonly Float64Array[], target: Float64Array): Fit | null {
  const products = columns.map((a) =>
    columns.map((b) => a.reduce((sum, value, row) => sum + value * b[row]!, 0)),
  );
  const lower = factor(products);
  if (lower === null) return null;
  const right = columns.map((a) => a.reduce((sum, value, row) => sum + value * target[row]!, 0));
  const coefficients = solve(lower, right);
  let squares = 0;
  for (let row = 0; row < target.length; row++) {
    const residual = target[row]! - coefficients.reduce((sum, one, i) => sum + one * columns[i]![row]!, 0);
    squares += residual * residual;
  }
  const rows = target.length;
  const [inverse = Number.NaN] = solve(
    lower,
    columns.map((_, i) => (i === 0 ? 1 : 0)),
  );
  const firstError = Math.sqrt((squares / (rows - columns.length)) * inverse);
  return { coefficients, firstError, squares, rows };
}
