// inside.attribute: how much of a forecast each value of the window accounts for.
import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';
import { AboutSchema } from './target.ts';

export const AttributeChoiceSchema = z.object({
  method: z.enum(['integrated-gradients', 'occlusion']).default('integrated-gradients'),
  /** What a value is compared with: the window's last values, means of the training part, or the window a season before. */
  baseline: z.enum(['last', 'mean', 'season']).default('last'),
  /** Step of the horizon, from 1; null: each of them, as a map of horizon x time. */
  step: z.int().min(1).nullable().default(1),
});
export type AttributeChoice = z.infer<typeof AttributeChoiceSchema>;

/** A row of the frame is a row of the look-back. Model units. */
export const InsideAttributionFrame = defineFrame('inside.attribute', {
  header: z.object({
    about: AboutSchema,
    method: AttributeChoiceSchema.shape.method.unwrap(),
    baseline: AttributeChoiceSchema.shape.baseline.unwrap(),
    /** Steps of the horizon that are explained, from 1. */
    steps: z.array(z.int()).readonly(),
    inputs: z.array(z.string()).readonly(),
    /** Of each step: the model's answer for the window, and for the baseline. */
    answers: z.array(z.number()).readonly(),
    baselineAnswers: z.array(z.number()).readonly(),
    /** Of each step: |sum of the attributions - (answer - baseline's answer)|, in per cent of the latter; null where that is 0. */
    gaps: z.array(z.number().nullable()).readonly(),
    /** Of each step: the forecast in original units if the model answered 0, which pipeline steps such as subtract-last carry over. */
    carriedOver: z.array(z.number()).readonly(),
  }),
  columns: { attribution: column('f32', 'steps', 'inputs') },
});
export type InsideAttributionFrame = FrameOf<typeof InsideAttributionFrame>;
