// What attention and self-attention share.
import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import { HindcastError } from '../../contract/values/errors.ts';
import type { DropoutChoice } from '../../kernels/philox.ts';

export interface AttentionOptions {
  /** Number of heads; the width is cut into as many parts, side by side. */
  readonly heads: number;
  /** A query sees no later key; where there are more keys than queries, the last query sees the last key. */
  readonly causal?: boolean | undefined;
  /** [batch, keys], 1 where a key exists and 0 where it is padding; the values at padding have no influence. */
  readonly mask?: Tensor2D | undefined;
  /** Of the products; default 1 / sqrt(width of a head). */
  readonly scale?: number | undefined;
  /** Drops weights after softmax; leave it out except in training. */
  readonly dropout?: DropoutChoice | undefined;
  /** Also return the weights (before dropout); not differentiable. */
  readonly returnWeights?: boolean | undefined;
}

export interface AttentionResult {
  /** [batch, queries, width]; 0 for a query that sees no key. */
  readonly outputs: Tensor3D;
  /** With `returnWeights`: [batch, heads, queries, keys]. */
  readonly weights?: Tensor4D | undefined;
}

/** Width of one head. @throws HindcastError `invalid-input` where the heads do not divide the width. */
export function headWidth(width: number, heads: number): number {
  if (Number.isInteger(heads) && heads > 0 && width % heads === 0) return width / heads;
  throw new HindcastError(
    'invalid-input',
    `Attention of width ${width} cannot have ${heads} heads: choose a number of heads that divides the width.`,
  );
}
