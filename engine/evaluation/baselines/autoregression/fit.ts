// Autoregression by least squares on one series: y[t] = c + sum of w[i] y[t - i], i from 1 to p, over the rows that have p rows before
// them. The order p is chosen by Akaike's criterion on the same rows for all orders, among those that are stationary.
import { deterministicLog } from '../../../numerics/deterministic-math.ts';
import { factorise, solve } from '../linear/cholesky.ts';

const MOST_LAGS = 64;

export interface Autoregression {
  readonly intercept: number;
  /** [order] of the row `i + 1` before. */
  readonly weights: Float64Array;
}

/** Of orders up to `most`; order 0 is the mean. `values`: without gaps, of a mean near 0 and a spread near 1. */
export function fitAutoregression(values: Float64Array, most: number): Autoregression {
  const sums = sumsOf(values, Math.max(0, Math.min(most, Math.floor((values.length - 2) / 3))));
  let best = { criterion: Number.POSITIVE_INFINITY, model: meanOnly(sums) };
  for (let order = 0; order <= sums.most; order += 1) {
    const model = order === 0 ? meanOnly(sums) : solveFor(sums, order);
    if (model === null || !isStationary(model.weights)) continue;
    const squares = Math.max(residualOf(sums, model), Number.MIN_VALUE);
    const criterion = sums.count * deterministicLog(squares / sums.count) + 2 * (order + 1);
    if (criterion < best.criterion) best = { criterion, model };
  }
  return best.model;
}

/** Sums over the rows from `most` on; index 0 is the row itself, i the row i before. */
interface LagSums {
  readonly most: number;
  readonly count: number;
  /** [most + 1] */
  readonly sums: Float64Array;
  /** [most + 1, most + 1] of products. */
  readonly products: Float64Array;
}

function sumsOf(values: Float64Array, most: number): LagSums {
  const width = most + 1;
  const sums = new Float64Array(width);
  const products = new Float64Array(width * width);
  for (let i = 0; i < width; i += 1) {
    for (let row = most; row < values.length; row += 1) sums[i]! += values[row - i]!;
    for (let j = i; j < width; j += 1) {
      let sum = 0;
      if (i === 0) {
        for (let row = most; row < values.length; row += 1) sum += values[row]! * values[row - j]!;
      } else {
        // One row earlier: the first product comes in, the last one goes.
        const end = values.length - 1;
        const nearer = products[(i - 1) * width + j - 1]!;
        sum = nearer + values[most - i]! * values[most - j]! - values[end - i + 1]! * values[end - j + 1]!;
      }
      products[i * width + j] = sum;
      products[j * width + i] = sum;
    }
  }
  return { most, count: values.length - most, sums, products };
}

const meanOnly = ({ sums, count }: LagSums): Autoregression => ({
  intercept: count === 0 ? 0 : sums[0]! / count,
  weights: new Float64Array(0),
});

/** Sum of products of deviations from the means. */
function centred({ most, count, sums, products }: LagSums, i: number, j: number): number {
  return products[i * (most + 1) + j]! - (sums[i]! * sums[j]!) / count;
}

/** Null where lags determine each other. */
function solveFor(lagSums: LagSums, order: number): Autoregression | null {
  const gram = new Float64Array(order * order);
  const weights = new Float64Array(order);
  for (let i = 0; i < order; i += 1) {
    weights[i] = centred(lagSums, 0, i + 1);
    for (let j = 0; j < order; j += 1) gram[i * order + j] = centred(lagSums, i + 1, j + 1);
  }
  if (!factorise(gram, order)) return null;
  solve(gram, order, weights, 1);
  const { count, sums } = lagSums;
  const explained = weights.reduce((sum, weight, i) => sum + weight * sums[i + 1]!, 0);
  return { intercept: (sums[0]! - explained) / count, weights };
}

/** Of an intercept that is best for these weights. */
function residualOf(sums: LagSums, { weights }: Autoregression): number {
  return weights.reduce((rest, weight, i) => rest - weight * centred(sums, 0, i + 1), centred(sums, 0, 0));
}

/** By the step-down recursion: all partial autocorrelations lie within -1 and 1. */
export function isStationary(weights: Float64Array): boolean {
  let rest = Array.from(weights);
  while (rest.length > 0) {
    const last = rest.at(-1)!;
    if (!(Math.abs(last) < 1)) return false;
    const shorter = rest.slice(0, -1);
    const share = 1 - last * last;
    rest = shorter.map((weight, i) => (weight + last * shorter[shorter.length - 1 - i]!) / share);
  }
  return true;
}

/** Room for the rows before an origin and the forecasts behind them. */
export const createRoom = ({ weights }: Autoregression, horizon: number): Float64Array =>
  new Float64Array(weights.length + horizon);

/** Continues the first [order] values of `room` to its end, each forecast from those before. */
export function continueIn(room: Float64Array, { intercept, weights }: Autoregression): void {
  const order = weights.length;
  for (let at = order; at < room.length; at += 1) {
    let value = intercept;
    for (let i = 0; i < order; i += 1) value += weights[i]! * room[at - i - 1]!;
    room[at] = value;
  }
}

/** Schwert's rule of thumb, and at least one season; what `fitAutoregression` tries at most. */
export function mostLags(rows: number, season: number | null): number {
  const byRows = Math.floor((10 * deterministicLog(Math.max(1, rows))) / Math.LN10);
  return Math.min(MOST_LAGS, Math.max(byRows, (season ?? 0) + 1));
}
