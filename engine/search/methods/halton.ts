// Halton's sequence: points that fill the space more evenly than random ones (Halton 1960). The digits of each dimension are permuted at
// random, position by position, since plain sequences of neighbouring primes are correlated (Faure and Lemieux 2009).
import { z } from 'zod';
import { seedRandomStream } from '../../training/random-streams.ts';
import { choose } from '../problem.ts';
import type { SearchMethod } from './method.ts';
import { uniformValues, valueAtShare } from './uniform.ts';

const OptionsSchema = z.strictObject({ kind: z.literal('halton') });

export const halton: SearchMethod<z.infer<typeof OptionsSchema>> = {
  kind: 'halton',
  options: OptionsSchema,
  propose(problem, { seed, trial, stream, attempt }) {
    // A point of the sequence that is no valid experiment is replaced by a random one.
    if (attempt > 0) return choose(problem, (group) => uniformValues(group, stream));
    const paths = problem.groups.flat().map(({ path }) => path);
    return choose(problem, (group) =>
      Object.fromEntries(
        group.map(({ path, dimension }) => {
          const share = haltonShare(seed, paths.indexOf(path), trial);
          return [path, valueAtShare(dimension, share)];
        }),
      ),
    );
  },
};

/** Enough digits in any base for a number in [0, 1). */
const SMALLEST = 1 / 2 ** 32;

/** The element `index` of the sequence of a dimension. */
export function haltonShare(seed: number, dimension: number, index: number): number {
  const base = prime(dimension);
  const stream = seedRandomStream(seed, `halton ${dimension}`);
  let [share, weight, rest] = [0, 1 / base, index];
  for (; weight > SMALLEST; weight /= base) {
    share += (stream.permutation(base)[rest % base] ?? 0) * weight;
    rest = Math.floor(rest / base);
  }
  return share;
}

/** 2, 3, 5, ... */
function prime(index: number): number {
  const found: number[] = [];
  for (let candidate = 2; found.length <= index; candidate++) {
    if (found.every((divisor) => candidate % divisor !== 0)) found.push(candidate);
  }
  return found[index] ?? 2;
}
