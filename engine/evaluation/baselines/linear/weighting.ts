// Sums over windows and maps in other coordinates of the inputs: with the lower triangle T, a map W = T U of the inputs x is the map U
// of T'x.
import type { NormalEquations } from './normal-equations.ts';
import type { LinearMap } from './ridge.ts';

/** The sums of T'x. */
export function weighted(equations: NormalEquations, lower: Float64Array): NormalEquations {
  const { lags, horizon, gram, cross, inputSums } = equations;
  const half = transposed(timesLower(gram, lower, lags), lags);
  return {
    ...equations,
    gram: timesLower(half, lower, lags),
    cross: lowerTransposeTimes(lower, cross, { lags, width: horizon }),
    inputSums: lowerTransposeTimes(lower, inputSums, { lags, width: 1 }),
  };
}

/** The map T U of x. */
export function unweighted(map: LinearMap, lower: Float64Array): LinearMap {
  const { lags, horizon } = map;
  const weights = new Float64Array(lags * horizon);
  for (let i = 0; i < lags; i += 1) {
    for (let k = 0; k <= i; k += 1) {
      const factor = lower[i * lags + k]!;
      for (let h = 0; h < horizon; h += 1)
        weights[i * horizon + h]! += factor * map.weights[k * horizon + h]!;
    }
  }
  return { ...map, weights };
}

/** [size, size] matrix times T, of which only the lower triangle is read. */
function timesLower(matrix: Float64Array, lower: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let k = 0; k < size; k += 1) {
      const factor = matrix[row * size + k]!;
      for (let j = 0; j <= k; j += 1) out[row * size + j]! += factor * lower[k * size + j]!;
    }
  }
  return out;
}

function transposed(matrix: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) out[column * size + row] = matrix[row * size + column]!;
  }
  return out;
}

/** T' times [lags, width]. */
function lowerTransposeTimes(
  lower: Float64Array,
  right: Float64Array,
  { lags, width }: { readonly lags: number; readonly width: number },
): Float64Array {
  const out = new Float64Array(lags * width);
  for (let k = 0; k < lags; k += 1) {
    for (let i = 0; i <= k; i += 1) {
      const factor = lower[k * lags + i]!;
      for (let column = 0; column < width; column += 1)
        out[i * width + column]! += factor * right[k * width + column]!;
    }
  }
  return out;
}
