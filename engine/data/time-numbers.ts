// Times as float64, for arithmetic on millions of rows: a loop over bigints takes ten times as long.

import { forPieces } from './pieces.ts';

/**
 * A float64 holds every microsecond until the year 2255; later times are rounded to two or four.
 * @param times [rows] microseconds UTC
 * @returns [rows] the same times
 */
export function timeNumbers(times: BigInt64Array): Float64Array {
  const { low, high } = wordsOf(times);
  const numbers = new Float64Array(times.length);
  for (let row = 0; row < numbers.length; row++) numbers[row] = high[2 * row + 1]! * 2 ** 32 + low[2 * row]!;
  return numbers;
}

/**
 * Distances of neighbouring rows: exact up to 285 years, whatever the times are.
 * @param times [rows] microseconds UTC
 * @returns [rows - 1] microseconds
 */
export function stepNumbers(times: BigInt64Array): Float64Array {
  const words = wordsOf(times);
  const steps = new Float64Array(Math.max(0, times.length - 1));
  for (let row = 0; row < steps.length; row++) steps[row] = stepBehind(words, row);
  return steps;
}

/** The distance of all neighbouring rows where it is one and the same; null where it is not, or for fewer than two rows. */
export function evenStep(times: BigInt64Array): number | null {
  const words = wordsOf(times);
  if (times.length < 2) return null;
  const step = stepBehind(words, 0);
  let isEven = true;
  forPieces(0, times.length - 1, (from, to) => {
    isEven &&= areAll(step, words, from, to);
  });
  return isEven ? step : null;
}

interface Words {
  readonly low: Uint32Array;
  readonly high: Int32Array;
}

/** From that row to the next. */
function stepBehind({ low, high }: Words, row: number): number {
  const word = 2 * row;
  return (high[word + 3]! - high[word + 1]!) * 2 ** 32 + (low[word + 2]! - low[word]!);
}

/** The steps behind rows [from, to). */
function areAll(step: number, words: Words, from: number, to: number): boolean {
  for (let row = from; row < to; row++) if (stepBehind(words, row) !== step) return false;
  return true;
}

/** [2 x rows] the halves of each time, little-endian: the lower one without a sign, then the upper one with it. */
function wordsOf({ buffer, byteOffset, length }: BigInt64Array): Words {
  return {
    low: new Uint32Array(buffer, byteOffset, 2 * length),
    high: new Int32Array(buffer, byteOffset, 2 * length),
  };
}
