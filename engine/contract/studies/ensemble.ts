// An ensemble: what several runs of one protocol say, put together into one answer and scored as a run is.

import { z } from 'zod';
import { BlobSchema } from '../api/api-base.ts';
import { FloatSchema } from '../values/float.ts';
import { RunIdSchema } from '../values/ids.ts';

/**
 * How the forecasts of a cell become one. `weights`: shares that make the squared error on the validation part least. Of runs that
 * write, the probabilities of each next token become one, by their mean alone.
 */
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
  /** Windows or samples of the test part that are scored. */
  windows: z.int(),
  /** What to know of it, in sentences. */
  words: z.array(z.string()),
});
export type EnsembleResult = z.infer<typeof EnsembleResultSchema>;

export const EnsembleAnswerSchema = EnsembleResultSchema.extend({
  /** Its answers on the test part as a CSV file, where they were asked for. */
  table: BlobSchema.nullable(),
});

/** Runs of one ensemble. */
export const MOST_MEMBERS = 10;

/** How scores name the ensemble, and a run of it. */
export const ENSEMBLE = 'ensemble';
export const memberSubject = (run: number): string => `run ${run}`;
