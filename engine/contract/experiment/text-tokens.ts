// How texts that are written, not only read, become tokens.
import { z } from 'zod';
import { PositiveInt } from '../values/fields.ts';

/** How texts become tokens that can be put together again; the vocabulary is made of the training part. */
export const TextTokensSchema = z.strictObject({
  /**
   * `pieces`: parts of words, joined from the pairs of letters that are frequent in the training texts (byte pairs). `items`: what stands between
   * spaces, as a list of tokens is written.
   */
  by: z.enum(['characters', 'words', 'pieces', 'items']).default('characters'),
  lowerCase: z.boolean().default(false),
  /** The most frequent tokens have a number of their own; all others are one unknown token. */
  most: PositiveInt.max(50_000).default(5_000),
  fewest: PositiveInt.default(1),
});

export type TextTokenChoice = z.infer<typeof TextTokensSchema>;
