// Dropout (Srivastava et al. 2014): every element is set to 0 with probability `rate`, the others are multiplied by
// 1 / (1 - rate). The numbers depend on a key and the element's place only (engine/kernels/philox.ts): the backward pass draws
// them again, a resumed run draws the same, and no mask is kept.
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backends/simd/backend.ts';
import { dropoutOf } from '../backends/simd/kernels/elementwise.ts';
import { overrideKernel } from '../backends/simd/register.ts';
import { HindcastError } from '../contract/errors.ts';
import { type DropoutChoice, dropoutFactors } from '../kernels/philox.ts';
import {
  gradientsByPosition,
  hasKernel,
  namedInputs,
  registerFusedGradient,
  runFused,
  track,
} from './fused.ts';

export type { DropoutChoice, RandomKey } from '../kernels/philox.ts';

const DROPOUT_KERNEL = 'HindcastDropout';

/**
 * Any shape; differentiable. A rate of 0 returns x itself. Call it in training only.
 * @throws HindcastError `invalid-input` for a rate below 0 or not below 1
 */
export function dropout<T extends tf.Tensor>(x: T, choice: DropoutChoice): T {
  checkRate(choice.rate);
  if (choice.rate === 0) return x;
  const { rate, key } = choice;
  return hasKernel(DROPOUT_KERNEL)
    ? (runFused(DROPOUT_KERNEL, { x }, { rate, key })[0] as T)
    : dropoutComposed(x, choice);
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

overrideKernel(DROPOUT_KERNEL, ({ inputs, attrs, backend }) =>
  dropoutOf(backend, namedInputs(inputs, ['x']).x!, attrs as unknown as DropoutChoice),
);

registerFusedGradient({
  kernelName: DROPOUT_KERNEL,
  inputsToSave: [],
  gradFunc: (dys, _saved, attrs) => {
    const dy = dys[0]!;
    const choice = attrs as unknown as DropoutChoice;
    return gradientsByPosition(['x'], { x: () => track(dropoutOf(tf.backend() as SimdBackend, dy, choice)) });
  },
});
