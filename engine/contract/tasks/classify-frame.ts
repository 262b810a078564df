// What a classifier says of samples, as a frame.
import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';
import { UnknownItemsSchema } from './unknown-items.ts';

export const DecisionSchema = z.object({ class: z.int(), threshold: z.number() });
export type Decision = z.infer<typeof DecisionSchema>;

export const ClassifyFrame = defineFrame('runs.classify', {
  header: z.object({
    part: z.enum(['test', 'validation', 'future']),
    label: z.string(),
    classes: z.array(z.string()).readonly(),
    /** [rows] names of the samples. */
    names: z.array(z.string()).readonly(),
    groups: z.array(z.string()).readonly(),
    /** Of new samples; absent where the run knows all items. */
    unknown: UnknownItemsSchema.optional(),
    /** Of two classes: the class that is said from a probability on. Absent: the most probable class is said. */
    decision: DecisionSchema.optional(),
  }),
  columns: {
    /** Row of the sample in its dataset. */
    sample: column('i32'),
    /** Index of the true class; -1 where it is not known. */
    truth: column('i32'),
    probability: column('f64', 'classes'),
  },
});
export type ClassifyFrame = FrameOf<typeof ClassifyFrame>;
