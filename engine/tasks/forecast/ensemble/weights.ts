// Shares of models in a combined forecast that make its mean squared error least: none below 0, of sum 1 (Bates and Granger 1969). For
// errors E the error of the shares w is w' G w with G the mean of E' E. At its least, the shares above 0 are those that solve G w = 1 on
// their own models alone, so all choices of models are tried: of ten there are 1,023.

/** @param errors [members] of the same cells, without missing values */
export function leastSquaresShares(errors: readonly Float64Array[]): number[] {
  const products = productsOf(errors);
  const members = errors.length;
  let best: { readonly shares: number[]; readonly error: number } | null = null;
  for (let choice = 1; choice < 2 ** members; choice += 1) {
    const chosen = Array.from({ length: members }, (_, index) => index).filter(
      (index) => choice & (1 << index),
    );
    const found = solve(chosen.map((row) => chosen.map((column) => products[row]![column]!)));
    if (found === null) continue;
    const sum = found.reduce((total, value) => total + value, 0);
    if (!(sum > 0) || found.some((value) => value < 0)) continue;
    // Of the shares found / sum the error is 1 / sum.
    if (best !== null && 1 / sum >= best.error) continue;
    const shares = new Array<number>(members).fill(0);
    chosen.forEach((member, index) => {
      shares[member] = found[index]! / sum;
    });
    best = { shares, error: 1 / sum };
  }
  return best?.shares ?? errors.map(() => 1 / members);
}

/** [members, members], with a trace of ridge, so that models that are alike share evenly. */
function productsOf(errors: readonly Float64Array[]): number[][] {
  const count = Math.max(1, errors[0]!.length);
  const products = errors.map((one) =>
    errors.map((other) => one.reduce((sum, value, at) => sum + (value * other[at]!) / count, 0)),
  );
  const trace = products.reduce((sum, row, index) => sum + row[index]!, 0) / errors.length;
  return products.map((row, index) =>
    row.map((value, column) => (index === column ? value + RIDGE * trace : value)),
  );
}

const RIDGE = 1e-9;

/** x of A x = 1 for a symmetric positive matrix, by elimination; null where it has none. */
function solve(matrix: readonly (readonly number[])[]): number[] | null {
  const rows = matrix.map((row) => [...row, 1]);
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot += 1) {
    const divisor = rows[pivot]![pivot]!;
    if (!(divisor > 0)) return null;
    for (let row = pivot + 1; row < size; row += 1) {
      const factor = rows[row]![pivot]! / divisor;
      for (let column = pivot; column <= size; column += 1)
        rows[row]![column]! -= factor * rows[pivot]![column]!;
    }
  }
  const x = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row -= 1) {
    let rest = rows[row]![size]!;
    for (let column = row + 1; column < size; column += 1) rest -= rows[row]![column]! * x[column]!;
    x[row] = rest / rows[row]![row]!;
  }
  return x;
}
