// Validates indices from outside (categories, tokens, classes) before a kernel uses them as memory offsets.
import type { Tensor } from '@tensorflow/tfjs-core';
import { HindcastError } from '../contract/values/errors.ts';

/** @throws HindcastError `invalid-input` naming the first index outside 0 .. count - 1; where `known` is 0, nothing is checked. */
export function checkIndices(indices: Tensor, count: number, what: string, known?: Tensor): void {
  const values = indices.dataSync();
  const mask = known?.dataSync();
  for (let position = 0; position < values.length; position++) {
    const index = values[position]!;
    if ((index >= 0 && index < count) || mask?.[position] === 0) continue;
    throw new HindcastError(
      'invalid-input',
      `The ${what} at position ${position} is ${index}, but there are only ${count}, numbered from 0.`,
      { details: { index, count, position } },
    );
  }
}
