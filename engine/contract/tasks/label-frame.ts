// What a labeller says of the tokens of a part whose labels are known, as a frame.
import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';

export const LabelFrame = defineFrame('runs.label', {
  header: z.object({
    part: z.enum(['test', 'validation']),
    label: z.string(),
    classes: z.array(z.string()).readonly(),
    /** Of the texts, in order. */
    names: z.array(z.string()).readonly(),
    /** Different tokens. */
    tokens: z.array(z.string()).readonly(),
  }),
  columns: {
    /** Row of the text in its dataset, and its index in `names`. */
    sample: column('i32'),
    text: column('i32'),
    /** Position in the text, from 0. */
    position: column('i32'),
    /** Index in `tokens`. */
    token: column('i32'),
    /** Index of the true class; -1 where the training part lacks it. */
    truth: column('i32'),
    probability: column('f64', 'classes'),
  },
});
export type LabelFrame = FrameOf<typeof LabelFrame>;
