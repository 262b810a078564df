// A head of quantiles, trained by the pinball loss (Koenker and Bassett 1978). They cannot cross: the median is a number of its own, and
// each level beyond it adds a positive distance to the one before (in the manner of Park and others 2022).
import type { Head, QuantileSums } from './head.ts';
import { squareplus, squareplusSlope } from './squareplus.ts';

/** The distance between levels that training begins with is half of it, in model units. */
const SPREAD = 0.2;

/** @param levels rising, with 0.5 among them */
export function quantileHead(levels: readonly number[]): Head {
  const width = levels.length;
  const middle = levels.indexOf(0.5);
  const values = new Float64Array(width);

  function quantiles(numbers: Float64Array, out: Float64Array): void {
    out[middle] = numbers[middle]!;
    for (let at = middle + 1; at < width; at += 1) out[at] = out[at - 1]! + squareplus(numbers[at]!, SPREAD);
    for (let at = middle - 1; at >= 0; at -= 1) out[at] = out[at + 1]! - squareplus(numbers[at]!, SPREAD);
  }

  function loss(numbers: Float64Array, truth: number, gradient: Float64Array): number {
    quantiles(numbers, values);
    let sum = 0;
    for (let at = 0; at < width; at += 1) {
      const error = truth - values[at]!;
      const slope = error >= 0 ? levels[at]! : levels[at]! - 1;
      sum += slope * error;
      gradient[at] = -slope / width;
    }
    // A distance moves its own level and all beyond it; the median moves all.
    for (let at = width - 2; at > middle; at -= 1) gradient[at]! += gradient[at + 1]!;
    for (let at = 1; at < middle; at += 1) gradient[at]! += gradient[at - 1]!;
    gradient[middle]! +=
      (middle + 1 < width ? gradient[middle + 1]! : 0) + (middle > 0 ? gradient[middle - 1]! : 0);
    for (let at = 0; at < width; at += 1) {
      if (at > middle) gradient[at]! *= squareplusSlope(numbers[at]!, SPREAD);
      else if (at < middle) gradient[at]! *= -squareplusSlope(numbers[at]!, SPREAD);
    }
    return sum / width;
  }

  return { width, point: middle, levels: width, loss, quantiles, sums: sumsOf(width, middle) };
}

/** Squareplus is half the number and half its root. */
function sumsOf(width: number, middle: number): QuantileSums {
  const all = Array.from({ length: width }, (_, at) => at);
  /** How often a level takes the distance of that number: not at all, added, or subtracted. */
  const takes = (number: number, level: number): number => {
    if (number > middle) return level >= number ? 1 : 0;
    return number < middle && level <= number ? -1 : 0;
  };
  const halves = all.map((number) => all.map((level) => takes(number, level) / 2));
  return {
    under: SPREAD,
    ofNumbers: halves.map((own, number) => (number === middle ? own.map(() => 1) : own)),
    ofRoots: halves,
    constant: all.map(() => 0),
  };
}
