// DLinear in closed form (Zeng and others 2023): a moving average over 25 rows splits a window into trend and rest, each has a linear
// map from look-back to horizon (shared by all series and targets), and the two answers are added up.
//
// The average is linear too, A x, so both maps together are one map of the window, W = (1 - A)'W_rest + A'W_trend. Of all pairs that
// give W, the one that a ridge on both maps shrinks the least has the squared size of W weighed with the inverse of
// P = (1 - A)'(1 - A) + A'A. With P = T T', W = T U, that is an even ridge on U.
import type { Baseline } from './baseline.ts';
import { factorise } from './linear/cholesky.ts';
import { createRidgeBaseline } from './linear/ridge-baseline.ts';
import type { LinearOptions } from './linear.ts';

/** Rows of the moving average, as published; the ends of the window are repeated beyond it. */
const KERNEL = 25;

export function createDlinear({ ridge }: LinearOptions = {}): Baseline {
  const info = {
    subject: 'dlinear',
    meaning:
      'DLinear: a moving average splits the window into trend and rest, each with one linear map for all series and targets, by ridge regression.',
    asModel: 'model.kind linear with model.decomposition trend',
  };
  return createRidgeBaseline(info, { isRelative: false, weighting }, ridge);
}

export const dlinear = createDlinear();

function weighting(inputs: number): Float64Array {
  const average = averaging(inputs);
  const penalty = new Float64Array(inputs * inputs);
  for (let row = 0; row < inputs; row += 1) {
    for (let i = 0; i < inputs; i += 1) {
      const trend = average[row * inputs + i]!;
      const rest = (row === i ? 1 : 0) - trend;
      if (trend === 0 && rest === 0) continue;
      for (let j = 0; j < inputs; j += 1) {
        const otherTrend = average[row * inputs + j]!;
        const otherRest = (row === j ? 1 : 0) - otherTrend;
        penalty[i * inputs + j]! += rest * otherRest + trend * otherTrend;
      }
    }
  }
  // Positive definite: trend and rest together determine the window.
  factorise(penalty, inputs);
  return penalty;
}

/** [inputs, inputs]: row r averages the inputs around r. */
function averaging(inputs: number): Float64Array {
  const out = new Float64Array(inputs * inputs);
  const half = (KERNEL - 1) / 2;
  for (let row = 0; row < inputs; row += 1) {
    for (let step = -half; step <= half; step += 1) {
      const at = Math.min(inputs - 1, Math.max(0, row + step));
      out[row * inputs + at]! += 1 / KERNEL;
    }
  }
  return out;
}
