// What a model writes for the images of a part, as a frame.
import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';

export const CaptionFrame = defineFrame('runs.caption', {
  header: z.object({
    part: z.enum(['test', 'validation']),
    /** [rows] each: a row is an image, with all of its captions. */
    names: z.array(z.string()).readonly(),
    references: z.array(z.array(z.string()).readonly()).readonly(),
    written: z.array(z.string()).readonly(),
    /** What the training image with the nearest pixels is called. */
    nearest: z.array(z.string()).readonly(),
  }),
  columns: {
    /** Row of the image in its dataset; of one with several captions, of the first. */
    sample: column('i32'),
    /** Tokens between what was written and the nearest reference, and tokens of that. */
    edits: column('i32'),
    referenceTokens: column('i32'),
    /** Logarithm of the probability that the model gives what it wrote. */
    logProbability: column('f64'),
  },
});
export type CaptionFrame = FrameOf<typeof CaptionFrame>;
