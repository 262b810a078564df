// inside.match: windows whose state is most like this one's, and what came next in them.
import { z } from 'zod';
import { FloatSchema } from '../values/float.ts';
import { AboutSchema, InsideTargetSchema } from './target.ts';

export const MatchChoiceSchema = z.object({
  /**
   * `state`: what the readout reads (of attention: the mean of what its last layer reads); `units`: which of its units are more than a
   * standard deviation above or below their mean; `shape`: the target's past, standardized.
   */
  by: z.enum(['state', 'units', 'shape']).default('state'),
  count: z.int().min(1).max(20).default(5),
});
export type MatchChoice = z.infer<typeof MatchChoiceSchema>;

const MatchSchema = z.object({
  part: InsideTargetSchema.shape.part.unwrap(),
  origin: z.int(),
  originUs: z.number(),
  series: z.string(),
  /** Cosine. */
  similarity: z.number(),
  /** Of the target, original units, NaN where missing: the look-back, and what came next. */
  past: z.array(FloatSchema),
  next: z.array(FloatSchema),
});

export const InsideMatchesSchema = z.object({
  about: AboutSchema,
  /** Windows that were compared: all of every part or, of many, evenly spaced ones. */
  compared: z.int(),
  windows: z.int(),
  matches: z.array(MatchSchema),
  /** This window's last value, and the mean over the matches of the changes that followed; original units, NaN where none is known. */
  mean: z.array(FloatSchema),
});
export type InsideMatches = z.infer<typeof InsideMatchesSchema>;
