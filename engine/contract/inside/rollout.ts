// inside.rollout: attention through all layers, and how far it goes with what the forecast depends on.

import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';
import { CellsSchema } from './states.ts';
import { AboutSchema } from './target.ts';

export const RolloutChoiceSchema = CellsSchema;
export type RolloutChoice = z.infer<typeof RolloutChoiceSchema>;

/** How the answer reads the queries: their mean, the last one, or each by itself. */
const ReadoutSchema = z.enum(['mean', 'last', 'each']);
export type RolloutReadout = z.infer<typeof ReadoutSchema>;

/** A column of the frame is one or more neighbouring keys; the list `rows` says which queries each line of cells stands for. */
export const InsideRolloutFrame = defineFrame('inside.rollout', {
  header: z.object({
    about: AboutSchema,
    layers: z.int(),
    queries: z.int(),
    keys: z.int(),
    rows: z.array(z.array(z.int())).readonly(),
    whole: z.boolean(),
    reach: z.number(),
    /** Queries are steps of the horizon: the weights of the one layer of an encoder-decoder. */
    isAlignment: z.boolean(),
    readout: ReadoutSchema,
    /** Pearson's, of `read` and the size of the occlusion by key; null where it cannot be said. */
    correlation: z.number().nullable(),
    sentence: z.string(),
  }),
  columns: {
    key: column('i32'),
    keys: column('i32'),
    /** Rows of `inside.window` that these keys read. */
    row: column('i32'),
    end: column('i32'),
    /** The look of the answer: of the mean of all queries, or of the last one. Sums to 1. */
    read: column('f32'),
    mean: column('f32', 'rows'),
    extreme: column('f32', 'rows'),
  },
});
export type InsideRolloutFrame = FrameOf<typeof InsideRolloutFrame>;
