// What a model says of samples in numbers, as a frame: a probability for each label, or a value.
import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';
import { UnknownItemsSchema } from './unknown-items.ts';

export const AnswersFrame = defineFrame('runs.answers', {
  header: z.object({
    part: z.enum(['test', 'validation', 'future']),
    /** The column that holds the truth. */
    target: z.string(),
    /** Labels, or the name of the value. */
    outputs: z.array(z.string()).readonly(),
    /** [rows] names of the samples. */
    names: z.array(z.string()).readonly(),
    groups: z.array(z.string()).readonly(),
    /** Of new samples; absent where the run knows all items. */
    unknown: UnknownItemsSchema.optional(),
    /** Of labels: the probability from which on each is said. */
    thresholds: z.array(z.number()).readonly().optional(),
  }),
  columns: {
    /** Row of the sample in its dataset. */
    sample: column('i32'),
    /** Of a label 1 or 0; NaN where it is not known. */
    truth: column('f64', 'outputs'),
    answer: column('f64', 'outputs'),
  },
});
export type AnswersFrame = FrameOf<typeof AnswersFrame>;
