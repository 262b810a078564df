// The folds of backtests side by side: scores of each fold, of the backtests put together, and intervals that earlier folds calibrate.
import { z } from 'zod';
import { FloatSchema } from '../values/float.ts';
import { StudyIdSchema } from '../values/ids.ts';
import { EnsembleScoreSchema, EnsembleWaySchema } from './ensemble.ts';

/** How well intervals around the forecasts of some windows did. */
export const FoldIntervalsSchema = z.object({
  /** Share of the true values inside. */
  coverage: FloatSchema,
  /** Mean, in the unit of the scores. */
  width: FloatSchema,
  /** True values that were compared. */
  cells: z.int(),
});
export type FoldIntervals = z.infer<typeof FoldIntervalsSchema>;

const FoldSchema = z.object({
  /** As the backtest calls it: `fold 2`. */
  label: z.string(),
  /** Of its first and its last origin. */
  fromUs: z.number(),
  untilUs: z.number(),
  windows: z.int(),
  /** Over all targets: `together` where there are several backtests, then `s3` and so on, then `best baseline`. */
  scores: z.array(EnsembleScoreSchema),
  /** Null where the folds before have too few errors, as the first one has. */
  intervals: FoldIntervalsSchema.nullable(),
});
export type Fold = z.infer<typeof FoldSchema>;

export const FoldsAnswerSchema = z.object({
  way: EnsembleWaySchema,
  members: z.array(z.object({ study: StudyIdSchema, name: z.string() })),
  /** Levels of the lower and the upper end of the intervals. */
  levels: z.tuple([z.number(), z.number()]),
  folds: z.array(FoldSchema),
  /** Over the folds, each weighing alike. */
  means: z.array(EnsembleScoreSchema.extend({ deviation: FloatSchema.nullable() })),
  /** Over all folds that have them. */
  intervals: FoldIntervalsSchema.nullable(),
  words: z.array(z.string()),
});
export type FoldsAnswer = z.infer<typeof FoldsAnswerSchema>;
