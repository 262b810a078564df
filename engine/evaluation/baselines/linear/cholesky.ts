// Solves symmetric positive definite systems in float64, in a fixed order of operations: the same bits everywhere.

/** Factorises `matrix` [size, size] in place into its lower triangle L with L Lᵀ = matrix; false where it is not positive definite. */
export function factorise(matrix: Float64Array, size: number): boolean {
  for (let row = 0; row < size; row += 1) {
    const at = row * size;
    for (let column = 0; column <= row; column += 1) {
      const other = column * size;
      let rest = matrix[at + column]!;
      for (let k = 0; k < column; k += 1) rest -= matrix[at + k]! * matrix[other + k]!;
      if (column < row) matrix[at + column] = rest / matrix[other + column]!;
      else if (rest > 0) matrix[at + row] = Math.sqrt(rest);
      else return false;
    }
  }
  return true;
}

/** Solves L Lᵀ X = right in place; `right`: [size, width]. */
export function solve(lower: Float64Array, size: number, right: Float64Array, width: number): void {
  for (let row = 0; row < size; row += 1) {
    for (let k = 0; k < row; k += 1)
      subtractRow(right, width, { row, from: k, factor: lower[row * size + k]! });
    divideRow(right, width, row, lower[row * size + row]!);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let k = row + 1; k < size; k += 1)
      subtractRow(right, width, { row, from: k, factor: lower[k * size + row]! });
    divideRow(right, width, row, lower[row * size + row]!);
  }
}

interface RowOperation {
  readonly row: number;
  readonly from: number;
  readonly factor: number;
}

function subtractRow(matrix: Float64Array, width: number, { row, from, factor }: RowOperation): void {
  const target = row * width;
  const source = from * width;
  for (let column = 0; column < width; column += 1)
    matrix[target + column]! -= factor * matrix[source + column]!;
}

function divideRow(matrix: Float64Array, width: number, row: number, divisor: number): void {
  const at = row * width;
  for (let column = 0; column < width; column += 1) matrix[at + column]! /= divisor;
}
