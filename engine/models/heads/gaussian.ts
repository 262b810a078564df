// A head of a normal distribution: mean and deviation of each cell, trained by the negative log-likelihood (Nix and Weigend 1994).
import { deterministicLog } from '../../numerics/deterministic-math.ts';
import type { Head } from './head.ts';
import { normalQuantile } from './normal-quantile.ts';
import { squareplus, squareplusSlope } from './squareplus.ts';

/** The deviation that training begins with is half of it, in model units. */
const SPREAD = 2;
/** A smaller deviation would make one error outweigh all others. */
const LEAST_DEVIATION = 1e-3;
/** ln(2 pi) / 2 */
const CONSTANT = 0.918_938_533_204_672_8;

export function gaussianHead(levels: readonly number[]): Head {
  const scores = levels.map(normalQuantile);
  const deviationOf = (number: number): number => LEAST_DEVIATION + squareplus(number, SPREAD);
  return {
    width: 2,
    point: 0,
    levels: levels.length,
    // Squareplus is half the number and half its root.
    sums: {
      under: SPREAD,
      ofNumbers: [scores.map(() => 1), scores.map((score) => score / 2)],
      ofRoots: [scores.map(() => 0), scores.map((score) => score / 2)],
      constant: scores.map((score) => score * LEAST_DEVIATION),
    },
    loss(numbers, truth, gradient) {
      const deviation = deviationOf(numbers[1]!);
      const distance = (truth - numbers[0]!) / deviation;
      gradient[0] = -distance / deviation;
      gradient[1] = ((1 - distance * distance) / deviation) * squareplusSlope(numbers[1]!, SPREAD);
      return CONSTANT + deterministicLog(deviation) + (distance * distance) / 2;
    },
    quantiles(numbers, out) {
      const deviation = deviationOf(numbers[1]!);
      for (let at = 0; at < scores.length; at += 1) out[at] = numbers[0]! + scores[at]! * deviation;
    },
  };
}
