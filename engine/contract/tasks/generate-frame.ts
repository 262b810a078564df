// What a language model says of the texts of a part: the probability that it gave each token before it came, as a frame.
import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';

export const GenerateFrame = defineFrame('runs.generate', {
  header: z.object({
    part: z.enum(['test', 'validation']),
    /** By number: the unknown token, the vocabulary, the end sign. */
    tokens: z.array(z.string()).readonly(),
    names: z.array(z.string()).readonly(),
  }),
  columns: {
    /** Row of the text in its dataset, and its index in `names`. */
    sample: column('i32'),
    text: column('i32'),
    /** Position in the text, from 0. */
    position: column('i32'),
    token: column('i32'),
    /** Of the token, given all before it. */
    probability: column('f64'),
  },
});
export type GenerateFrame = FrameOf<typeof GenerateFrame>;
