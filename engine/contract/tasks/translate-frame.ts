// What a translator says of the pairs of a part, as a frame.
import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';

export const TranslateFrame = defineFrame('runs.translate', {
  header: z.object({
    part: z.enum(['test', 'validation']),
    /** [rows] each: a row is a source, with all of its references. */
    names: z.array(z.string()).readonly(),
    sources: z.array(z.string()).readonly(),
    references: z.array(z.array(z.string()).readonly()).readonly(),
    written: z.array(z.string()).readonly(),
  }),
  columns: {
    /** Row of the first such pair in its dataset. */
    sample: column('i32'),
    /** Tokens of the source. */
    tokens: column('i32'),
    /** Tokens between what was written and the nearest reference, and tokens of that. */
    edits: column('i32'),
    referenceTokens: column('i32'),
    /** Logarithm of the probability that the model gives what it wrote. */
    logProbability: column('f64'),
  },
});
export type TranslateFrame = FrameOf<typeof TranslateFrame>;
