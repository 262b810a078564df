// Tokens (characters, words, categories) as rows of a learned table.
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { embedding } from '../../ops/embedding.ts';
import { maskSteps } from '../../ops/pooling/mask-steps.ts';
import type { Reader } from './reader.ts';

export interface TokenShape {
  readonly tokens: number;
  readonly units: number;
  /** Of the table, where a model has several. Default: TOKEN_TABLE. */
  readonly table?: string | undefined;
  /** The first vectors are uniform in this distance from 0. Default: that of the learned position codes. */
  readonly spread?: number | undefined;
}

/** Name of the table of token vectors. */
export const TOKEN_TABLE = 'tokens';
const LIMIT = 0.02;

/** Reads [batch, time] of whole numbers below `tokens`; padding may hold anything. */
export function createTokenReader({
  tokens,
  units,
  table = TOKEN_TABLE,
  spread = LIMIT,
}: TokenShape): Reader<Tensor2D> {
  return {
    specs: [
      {
        name: table,
        shape: [tokens, units],
        initialize: (random) =>
          Float32Array.from({ length: tokens * units }, () => (2 * random.uniform() - 1) * spread),
      },
    ],
    features: units,
    stepsOf: (time) => time,
    read({ x, mask }, weight) {
      const vectors = embedding(weight<Tensor2D>(table), mask ? keepTokens(x, mask) : x) as Tensor3D;
      return mask ? { x: maskSteps(vectors, mask), mask } : { x: vectors };
    },
    activationFloats: () => 0,
  };
}

/** The tokens, 0 at padding, where the values are no valid rows. */
function keepTokens(x: Tensor2D, mask: Tensor2D): Tensor2D {
  const known = mask.dataSync();
  const tokens = Int32Array.from(x.dataSync(), (token, cell) => (known[cell] !== 0 ? token : 0));
  return tf.tensor2d(tokens, x.shape, 'int32');
}
