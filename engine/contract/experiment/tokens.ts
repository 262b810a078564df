// How texts become tokens.
import { z } from 'zod';
import { PositiveInt } from '../values/fields.ts';

export const TokensSchema = z.strictObject({
  /**
   * `pieces`: parts of words, joined from the pairs of letters that are frequent in the training texts (byte pairs). `runs`: every run of one
   * to `longestRun` letters, also across spaces; both ends of the text are signs of their own. Runs overlap, so they suit a model that sees
   * each token by itself.
   */
  by: z.enum(['characters', 'words', 'pieces', 'runs']).default('words'),
  /** Letters of the longest run. */
  longestRun: PositiveInt.max(10).default(5),
  lowerCase: z.boolean().default(true),
  /** The most frequent tokens of the training part that have a number of their own; all others are one unknown token. */
  most: PositiveInt.max(200_000).default(20_000),
  /** Tokens that the training part has less often are unknown. */
  fewest: PositiveInt.default(2),
});
export type Tokens = z.infer<typeof TokensSchema>;

/** The most runs that a text of this number of letters has. */
export const countRuns = (letters: number, longestRun: number): number => (letters + 2) * longestRun;
