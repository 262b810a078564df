// Studies: groups of runs with a purpose. The kinds, and what their plans contain, are in `engine/studies`.
import { z } from 'zod';
import { base, reads } from '../api/api-base.ts';
import { placeField } from '../pool/place.ts';
import {
  NameSchema,
  RunIdSchema,
  RunReferenceSchema,
  StudyIdSchema,
  StudyReferenceSchema,
} from '../values/ids.ts';
import { DuelVerdictSchema } from './duel.ts';
import { EnsembleWaySchema, MOST_MEMBERS } from './ensemble.ts';
import { FoldsAnswerSchema } from './folds.ts';
import { SweepViewSchema } from './sweep.ts';

/** Runs that a study of seeds may have. */
export const MOST_SEEDS = 100;
/** More are asked about before they are queued. */
export const MANY_SEEDS = 10;

/** What a study does: its kind, and the fields that this kind reads. */
export const StudyPlanSchema = z.looseObject({ kind: z.string().min(1) });
export type StudyPlan = z.infer<typeof StudyPlanSchema>;

/** Mean and sample standard deviation over `count` runs; no deviation for a single one. */
export const SpreadSchema = z.object({
  mean: z.number(),
  deviation: z.number().nullable(),
  count: z.int().positive(),
});
export type Spread = z.infer<typeof SpreadSchema>;

/** What the runs of a study say together. */
export const StudyFindingsSchema = z.object({
  /** Of the test scores, where all that there are measure the same. */
  test: SpreadSchema.extend({ metric: z.string(), unit: z.string() }).nullable(),
  validation: SpreadSchema.nullable(),
  /** Why a number is missing or counts fewer runs than there are. */
  note: z.string().nullable(),
});
export type StudyFindings = z.infer<typeof StudyFindingsSchema>;

export const StudySummarySchema = z.object({
  id: StudyIdSchema,
  name: z.string(),
  kind: z.string(),
  plan: StudyPlanSchema,
  createdAtMs: z.int(),
  /** Its runs differ in their seed and in nothing else. */
  seedsAlone: z.boolean(),
  /** Its runs train one configuration, so that the mean of what they reached says something. */
  hasOneConfiguration: z.boolean(),
  /** Its kind may still ask for runs. */
  open: z.boolean(),
  /** It has trials: see `studies.sweep`. */
  searches: z.boolean(),
  /** Its kind has a verdict (`studies.verdict`). */
  judges: z.boolean(),
  /** Its runs are tested on rows that follow each other (`studies.folds`). */
  hasFolds: z.boolean(),
  /** It does not show the test part of its runs yet. */
  hidesTest: z.boolean(),
  /** In their order in the study. */
  runs: z.array(RunIdSchema),
  findings: StudyFindingsSchema,
});
export type StudySummary = z.infer<typeof StudySummarySchema>;

const StudyInput = z.object({ study: StudyReferenceSchema });

export const studies = {
  /** Newest first. */
  list: reads.output(z.array(StudySummarySchema)),
  get: reads.input(StudyInput).output(StudySummarySchema),
  /** Puts the first runs of a study at the end of the queue, all or none. The configuration is the experiment that they begin with. */
  start: base
    .input(
      z.object({
        configuration: z.unknown(),
        plan: StudyPlanSchema,
        name: NameSchema.optional(),
        ...placeField,
      }),
    )
    .output(StudySummarySchema),
  /** Runs that are named after the study follow it. */
  rename: base.input(StudyInput.extend({ name: NameSchema })).output(StudySummarySchema),
  /** Changes parts of its plan that its kind lets change while it runs: `budget` of a sweep. One that has ended continues with `resume`. */
  change: base
    .input(StudyInput.extend({ plan: z.record(z.string(), z.unknown()) }))
    .output(StudySummarySchema),
  /** The trials of a sweep; refused for studies of other kinds. */
  sweep: reads.input(StudyInput).output(SweepViewSchema),
  /** Of a duel that has ended: which configuration is better, and what of that is more than luck. Takes seconds. */
  verdict: reads.input(StudyInput).output(DuelVerdictSchema),
  /** The folds of backtests side by side, their forecasts put together fold by fold, and intervals that earlier folds calibrate. Takes seconds. */
  folds: reads
    .input(
      z.object({
        studies: z.array(StudyReferenceSchema).min(1).max(MOST_MEMBERS),
        way: EnsembleWaySchema.default('mean'),
      }),
    )
    .output(FoldsAnswerSchema),
  /** Stops its active runs, and asks for no more. */
  stop: base.input(StudyInput).output(StudySummarySchema),
  /** Back into the queue with those of its runs that can go on, and asks for more where its kind has more; `on`: default where they were. */
  resume: base.input(StudyInput.extend(placeField)).output(StudySummarySchema),
  /** With all its runs; refused while one is active. */
  delete: base.input(StudyInput).output(z.void()),
  /** Which run or study a user means: `12` is a run, `s3` a study, anything else a name of either. */
  find: reads
    .input(z.object({ reference: RunReferenceSchema }))
    .output(z.object({ run: RunIdSchema.nullable(), study: StudyIdSchema.nullable() })),
};
