// One channel of a FLAC frame (RFC 9639, section 9.2): a prediction from the samples before, and what it misses in Rice codes.
import type { Bits } from './bits.ts';
import { power } from './powers.ts';

/** What the fixed predictors of order 0 to 4 add of the samples before, the nearest first. */
const FIXED: readonly (readonly number[])[] = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/** @param depth bits of a sample. [count] whole numbers. @throws RangeError where the data say what cannot be */
export function readSubframe(bits: Bits, count: number, depth: number): Float64Array {
  bits.take(1);
  const kind = bits.take(6);
  const wasted = bits.take(1) === 1 ? bits.zeros() + 1 : 0;
  if (wasted >= depth) throw new RangeError('a sample without bits');
  const samples = readKind(bits, kind, { count, depth: depth - wasted });
  if (wasted > 0) for (let index = 0; index < count; index++) samples[index]! *= power(wasted);
  return samples;
}

interface Size {
  readonly count: number;
  readonly depth: number;
}

function readKind(bits: Bits, kind: number, { count, depth }: Size): Float64Array {
  const samples = new Float64Array(count);
  if (kind === 0) return samples.fill(bits.signed(depth));
  if (kind === 1) return samples.map(() => bits.signed(depth));
  const isFixed = kind >= 8 && kind <= 12;
  if (!isFixed && kind < 32) throw new RangeError('an unknown kind of channel');
  const order = isFixed ? kind - 8 : kind - 31;
  if (order > count) throw new RangeError('more samples before than there are');
  for (let index = 0; index < order; index++) samples[index] = bits.signed(depth);
  const { weights, shift } = isFixed ? { weights: FIXED[order]!, shift: 0 } : readWeights(bits, order);
  readResidual(bits, samples, order);
  const scale = 1 / power(shift);
  for (let index = order; index < count; index++) {
    let sum = 0;
    for (const [back, weight] of weights.entries()) sum += weight * samples[index - 1 - back]!;
    samples[index]! += Math.floor(sum * scale);
  }
  return samples;
}

function readWeights(bits: Bits, order: number) {
  const precision = bits.take(4) + 1;
  const shift = bits.signed(5);
  if (precision === 16 || shift < 0) throw new RangeError('an unknown precision');
  return { weights: Array.from({ length: order }, () => bits.signed(precision)), shift };
}

/** Into the samples from `order` on. */
function readResidual(bits: Bits, samples: Float64Array, order: number): void {
  const method = bits.take(2);
  if (method > 1) throw new RangeError('an unknown code');
  const parameterBits = method === 0 ? 4 : 5;
  const partitions = power(bits.take(4));
  const size = samples.length / partitions;
  if (!Number.isInteger(size) || size < order) throw new RangeError('partitions that do not fit');
  for (let partition = 0; partition < partitions; partition++) {
    const parameter = bits.take(parameterBits);
    const isPlain = parameter === power(parameterBits) - 1;
    const width = isPlain ? bits.take(5) : 0;
    for (let index = Math.max(order, partition * size); index < (partition + 1) * size; index++)
      samples[index] = isPlain ? bits.signed(width) : riceCode(bits, parameter);
  }
}

/** 0, -1, 1, -2, 2, ... */
function riceCode(bits: Bits, parameter: number): number {
  const high = bits.zeros();
  const code = high * power(parameter) + bits.take(parameter);
  return code % 2 === 0 ? code / 2 : -(code + 1) / 2;
}
