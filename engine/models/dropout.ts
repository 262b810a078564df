// Dropout (Srivastava et al. 2014): in training a share of the values becomes 0, and the others grow by 1 / (1 - rate). Every use
// draws one key from the run's `dropout` stream. The random numbers depend only on that key and the position of a value, so a
// resumed run drops the same values.
import type { Tensor } from '@tensorflow/tfjs-core';
import { type DropoutChoice, dropout } from '../ops/dropout.ts';
import type { Pass } from './pass.ts';

const WORDS = 2 ** 32;

/** What is dropped next, or undefined where nothing is: outside of training, or with the rate 0. */
export function drawDropout(rate: number, { dropout: random }: Pass): DropoutChoice | undefined {
  if (!random || rate === 0) return undefined;
  const seed = Math.floor(random.uniform() * WORDS);
  const stream = Math.floor(random.uniform() * WORDS);
  return { rate, key: { seed, stream, step: 0 } };
}

/** The same shape, some of it 0. */
export function dropOut<T extends Tensor>(x: T, rate: number, pass: Pass): T {
  const choice = drawDropout(rate, pass);
  return choice ? dropout(x, choice) : x;
}
