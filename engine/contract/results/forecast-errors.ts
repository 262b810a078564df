// What the forecasts of a part come to: errors by steps ahead, scores of each series, the origins with the largest errors.
import { z } from 'zod';
import { ScoreSchema } from '../runs/run.ts';
import { FloatSchema } from '../values/float.ts';

export const HorizonErrorsSchema = z.object({
  /** The last one that was counted. */
  horizon: z.int(),
  /** Scored origins. */
  origins: z.int(),
  unit: z.enum(['original', 'standardized']),
  subjects: z.array(
    z.object({
      /** `model`, or the baseline. */
      subject: z.string(),
      /** Null: over all targets. */
      target: z.string().nullable(),
      /** By metric of the run: [horizon]; NaN where no value is known. */
      byStep: z.record(z.string(), z.array(FloatSchema)),
      /** [horizon] scored values. */
      counts: z.array(z.int()),
    }),
  ),
});
export type HorizonErrors = z.infer<typeof HorizonErrorsSchema>;

/** Scores of one series, as those of the run are computed. */
export const SeriesScoresSchema = z.object({
  series: z.string(),
  origins: z.int(),
  scores: z.array(ScoreSchema),
});
export type SeriesScores = z.infer<typeof SeriesScoresSchema>;

/** Mean absolute error by steps after the origin, original units. `subject`: `model`, or the baseline. */
export const StepErrorsSchema = z.object({
  subject: z.string(),
  /** [horizon] NaN where no value is known. */
  errors: z.array(FloatSchema),
});
export type StepErrors = z.infer<typeof StepErrorsSchema>;

/** An origin by its index in the part, with its mean absolute error. */
export const WorstOriginSchema = z.object({ origin: z.int(), originUs: z.number(), error: FloatSchema });
export type WorstOrigin = z.infer<typeof WorstOriginSchema>;

/** One series and target, looked at closely. */
export const ShownSeriesSchema = z.object({
  series: z.string(),
  target: z.string(),
  errorByStep: z.array(StepErrorsSchema).readonly(),
  /** The worst first; none lies within the horizon of another. */
  worst: z.array(WorstOriginSchema).readonly(),
});
export type ShownSeries = z.infer<typeof ShownSeriesSchema>;
