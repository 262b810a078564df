// Dropout (Srivastava et al. 2014): every element is set to 0 with probability `rate`, the others are multiplied by
// 1 / (1 - rate). The numbers depend on a key and the element's position only (engine/kernels/philox.ts): the backward pass draws
// them again, a resumed run draws the same, and no mask is kept.
import * as tf from '@tensorflow/tfjs-core';
import { dropoutOf } from '../backends/simd/kernels/elementwise.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { type DropoutChoice, dropoutFactors } from '../kernels/philox.ts';
import { defineOp } from './define-op.ts';

export type { DropoutChoice, RandomKey } from '../kernels/philox.ts';

const dropoutOp = defineOp<{ readonly x: tf.TensorInfo }, DropoutChoice>({
  kernelName: 'HindcastDropout',
  inputsToSave: [],
  forward: ({ backend, inputs: { x }, attributes }) => dropoutOf(backend, x, attributes),
  backward: ({ backend, attributes, incoming: [dy] }) => ({ x: () => dropoutOf(backend, dy!, attributes) }),
});

/**
 * Any shape; differentiable. A rate of 0 returns x itself. Call it in training only.
 * @throws HindcastError `invalid-input` for a rate below 0 or not below 1
 */
export function dropout<T extends tf.Tensor>(x: T, choice: DropoutChoice): T {
  checkRate(choice.rate);
  if (choice.rate === 0) return x;
  const { rate, key } = choice;
  return dropoutOp.isAvailable() ? (dropoutOp.run({ x }, { rate, key })[0] as T) : dropoutComposed(x, choice);
}

function checkRate(rate: number): void {
  if (rate >= 0 && rate < 1) return;
  throw new HindcastError(
    'invalid-input',
    `A dropout rate of ${rate} is impossible: choose one from 0 to below 1.`,
  );
}

/** From stock ops and factors drawn on the host, for every backend; the reference of the fused op. */
export function dropoutComposed<T extends tf.Tensor>(x: T, choice: DropoutChoice): T {
  return tf.mul(x, tf.tensor(dropoutFactors(x.size, choice), x.shape));
}
