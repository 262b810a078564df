// An ensemble: the forecasts of several runs of one protocol put together into one, scored as a run is.

import { z } from 'zod';
import { FloatSchema } from '../values/float.ts';
import { FrameAnswerSchema } from '../values/frame-answer.ts';
import { RunIdSchema } from '../values/ids.ts';

/** How the forecasts of a cell become one. `weights`: shares that make the squared error on the validation part least. */
export const EnsembleWaySchema = z.enum(['mean', 'median', 'weights']);
export type EnsembleWay = z.infer<typeof EnsembleWaySchema>;

export const EnsembleScoreSchema = z.object({
  /** `ensemble`, `run 3`, or the name of a baseline. */
  subject: z.string(),
  metric: z.string(),
  unit: z.enum(['original', 'standardized']),
  value: FloatSchema,
});
export type EnsembleScore = z.infer<typeof EnsembleScoreSchema>;

export const EnsembleResultSchema = z.object({
  way: EnsembleWaySchema,
  /** `weight`: its share; null for a median, which has none. */
  members: z.array(z.object({ run: RunIdSchema, name: z.string(), weight: FloatSchema.nullable() })),
  /** On the test part over all targets, the ensemble first. */
  scores: z.array(EnsembleScoreSchema),
  /** Windows of the test part that are scored. */
  windows: z.int(),
  /** What to know of it, in sentences. */
  words: z.array(z.string()),
});
export type EnsembleResult = z.infer<typeof EnsembleResultSchema>;

export const EnsembleAnswerSchema = EnsembleResultSchema.extend({
  /** A `ForecastFrame` of the test part, where it was asked for; `runId` is 0. */
  forecasts: FrameAnswerSchema.nullable(),
});

/** Runs of one ensemble. */
export const MOST_MEMBERS = 10;
