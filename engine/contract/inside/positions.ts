// inside.positions: the code that is added to each step so that attention can tell their order.
import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';

/** A row of the frame is a step (a segment where the model joins steps), the oldest first. */
export const InsidePositionsFrame = defineFrame('inside.positions', {
  header: z.object({
    /** Waves of rising length (Vaswani et al. 2017), or learned with the other weights. */
    kind: z.enum(['sine', 'learned']),
    units: z.array(z.int()).readonly(),
    /** Largest |value|. */
    reach: z.number(),
  }),
  columns: { code: column('f32', 'units') },
});
export type InsidePositionsFrame = FrameOf<typeof InsidePositionsFrame>;
