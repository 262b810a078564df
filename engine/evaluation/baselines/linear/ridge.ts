// Ridge regression from sums over windows; the intercept is not shrunk.
import { factorise, solve } from './cholesky.ts';
import type { NormalEquations } from './normal-equations.ts';

export interface LinearMap {
  readonly lags: number;
  readonly horizon: number;
  /** [lags, horizon]: the weight of the row `i + 1` before the origin. */
  readonly weights: Float64Array;
  /** [horizon] */
  readonly intercepts: Float64Array;
}

/** `ridge` is added to each diagonal cell of the sums. Null where the sums are not positive definite even so. */
export function ridgeMap(equations: NormalEquations, ridge: number): LinearMap | null {
  const { lags, horizon, windows, inputSums, answerSums } = equations;
  const gram = equations.gram.slice();
  const weights = equations.cross.slice();
  for (let i = 0; i < lags; i += 1) {
    const mean = inputSums[i]! / windows;
    for (let j = 0; j < lags; j += 1) gram[i * lags + j]! -= mean * inputSums[j]!;
    for (let h = 0; h < horizon; h += 1) weights[i * horizon + h]! -= mean * answerSums[h]!;
    gram[i * lags + i]! += ridge;
  }
  if (!factorise(gram, lags)) return null;
  solve(gram, lags, weights, horizon);
  const intercepts = answerSums.map((sum) => sum / windows);
  for (let i = 0; i < lags; i += 1) {
    const mean = inputSums[i]! / windows;
    for (let h = 0; h < horizon; h += 1) intercepts[h]! -= mean * weights[i * horizon + h]!;
  }
  return { lags, horizon, weights, intercepts };
}

/** Mean squared error of the map over the windows of `equations`. */
export function squaredError({ weights, intercepts }: LinearMap, equations: NormalEquations): number {
  const { lags, horizon, windows, gram, cross, inputSums, answerSums, answerSquares } = equations;
  // For each h: sum (y - c - w x)^2 = Sy2 + n c^2 - 2 c Sy + w'Gw - 2 w'b + 2 c w'Sx
  let error = 0;
  for (let h = 0; h < horizon; h += 1) {
    const c = intercepts[h]!;
    error += answerSquares[h]! + c * (windows * c - 2 * answerSums[h]!);
  }
  const gramRow = new Float64Array(horizon);
  for (let i = 0; i < lags; i += 1) {
    gramRow.fill(0);
    for (let j = 0; j < lags; j += 1) {
      const product = gram[i * lags + j]!;
      for (let h = 0; h < horizon; h += 1) gramRow[h]! += product * weights[j * horizon + h]!;
    }
    for (let h = 0; h < horizon; h += 1) {
      const at = i * horizon + h;
      error += weights[at]! * (gramRow[h]! - 2 * cross[at]! + 2 * intercepts[h]! * inputSums[i]!);
    }
  }
  return error / (windows * horizon);
}

/** The map of inputs that are all alike: the mean answer, whatever is read. */
export function interceptMap({ lags, horizon, windows, answerSums }: NormalEquations): LinearMap {
  const weights = new Float64Array(lags * horizon);
  return { lags, horizon, weights, intercepts: answerSums.map((sum) => sum / windows) };
}
