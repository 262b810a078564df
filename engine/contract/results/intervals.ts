// How well the quantiles of a run's forecasts are calibrated: how often the truth lies below each level, and what each interval holds.
import { z } from 'zod';
import { FloatSchema } from '../values/float.ts';

const Floats = z.array(FloatSchema);

const BandSchema = z.object({
  /** Share of the true values that the interval should hold, and that it holds. */
  nominal: z.number(),
  coverage: FloatSchema,
  /** Mean, in the unit of the scores. */
  width: FloatSchema,
  /** [horizon] by steps ahead. */
  coverageByStep: Floats,
  widthByStep: Floats,
});
export type BandResult = z.infer<typeof BandSchema>;

export const IntervalResultSchema = z.object({
  runId: z.int().positive(),
  part: z.enum(['test', 'validation']),
  /** Rising. */
  levels: z.array(z.number()),
  horizon: z.int().positive(),
  unit: z.enum(['original', 'standardized']),
  /** How the intervals are made, in a sentence. */
  method: z.string(),
  /** The model, then each baseline, whose intervals are calibrated on the same rows. */
  subjects: z.array(
    z.object({
      subject: z.string(),
      /** Scored values. */
      count: z.int(),
      /** [levels] share of the true values at or below each quantile: equal to the level where it is calibrated. */
      below: Floats,
      /** The outermost interval first. */
      bands: z.array(BandSchema),
      crps: FloatSchema,
    }),
  ),
  /** What they come to. */
  words: z.string(),
});
export type IntervalResult = z.infer<typeof IntervalResultSchema>;
