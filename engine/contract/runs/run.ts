// Runs as the API shows them: state, progress, scores, comparison, queue.
import { z } from 'zod';
import { BackendNameSchema, ExperimentSchema } from '../experiment/experiment.ts';
import { FloatSchema } from '../values/float.ts';
import { DatasetVersionIdSchema, RunIdSchema, StudyIdSchema } from '../values/ids.ts';

/**
 * queued -> running -> completed | diverged | failed | stopped (by hand) | held (at the end of an epoch, by its study) | interrupted (its
 * process or host died); running <-> paused (nothing can be written, for example a full disk). stopped, held, interrupted and failed runs can
 * be resumed. `damaged` is never stored: what is stored of the run does not fit its checksum, and none of its values are shown.
 */
export const RunStateSchema = z.enum([
  'queued',
  'running',
  'paused',
  'stopped',
  'held',
  'interrupted',
  'completed',
  'diverged',
  'failed',
  'damaged',
]);
export type RunState = z.infer<typeof RunStateSchema>;

export const RESUMABLE_STATES: readonly RunState[] = ['stopped', 'held', 'interrupted', 'failed'];
export const ACTIVE_STATES: readonly RunState[] = ['queued', 'running', 'paused'];

/**
 * Resuming may help; a run that failed before its first step fails again, since a run keeps its configuration. Such a run can be asked to resume
 * all the same (its backend may be there by now), but nothing offers it.
 */
export const canResume = ({ state, step }: { readonly state: RunState; readonly step: number }): boolean =>
  RESUMABLE_STATES.includes(state) && !(state === 'failed' && step === 0);

export const ScoreSchema = z.object({
  part: z.enum(['validation', 'test']),
  /** `model`, or the name of a baseline. */
  subject: z.string(),
  /** Name of a metric of the catalogue. */
  metric: z.string(),
  unit: z.enum(['original', 'standardized']),
  /** A target column, or null: the mean over all targets. */
  target: z.string().nullable(),
  value: FloatSchema,
  /** Scored cells: windows x steps x targets, less the masked ones. */
  count: z.int(),
});
export type Score = z.infer<typeof ScoreSchema>;

/** Of a run against the best baselines: `mixed` is better by the first metric, and worse by another one or for a target; `same` a tie. */
const TestOutcomeSchema = z.enum(['better', 'same', 'mixed', 'worse']);
export type TestOutcome = z.infer<typeof TestOutcomeSchema>;

/**
 * Every column that the run list shows, in its order. Only this list names a column: the list's text and its reading, the
 * SQL, what may be patched and how a cell is converted all follow from it. A new column is one line here and one in a migration:
 * `someName` is stored in `run.some_name` (`engine/store/runs/run-columns.ts` names those that another table holds).
 */
export const RunSummarySchema = z.object({
  id: RunIdSchema,
  name: z.string(),
  state: RunStateSchema,
  /** Why it is in this state, and what to do, where there is something to say. */
  reason: z.string().nullable(),
  stopRequested: z.boolean(),
  queuePosition: z.int().nullable(),
  datasetName: z.string(),
  datasetVersion: z.int(),
  modelKind: z.string(),
  seed: z.int(),
  backend: z.string(),
  parameterCount: z.int().nullable(),
  step: z.int(),
  totalSteps: z.int().nullable(),
  epoch: z.int(),
  totalEpochs: z.int(),
  secondsLeft: FloatSchema.nullable(),
  lastTrainLoss: FloatSchema.nullable(),
  lastValidationLoss: FloatSchema.nullable(),
  bestValidationLoss: FloatSchema.nullable(),
  bestEpoch: z.int().nullable(),
  /** What is forecast, with commas between. */
  targetNames: z.string().nullable(),
  /** First metric of the task on the test part, model. */
  testScore: FloatSchema.nullable(),
  /** What `testScore` is: values of other metrics, units or fingerprints are not to be sorted among it. Null without scores. */
  testMetric: z.string().nullable(),
  testUnit: z.enum(['original', 'standardized']).nullable(),
  /** Null without scores or baselines. */
  testOutcome: TestOutcomeSchema.nullable(),
  /** The baseline that is best where `testScore` is measured, as a score's subject; null without scores. */
  bestBaseline: z.string().nullable(),
  bestBaselineScore: FloatSchema.nullable(),
  fingerprint: z.string().nullable(),
  createdAtMs: z.int(),
  startedAtMs: z.int().nullable(),
  endedAtMs: z.int().nullable(),
  /** In training, over all attempts that have ended, without the breaks between them; null where that is not known. */
  trainedMs: z.int().nullable(),
  /** The study that it belongs to, and where in it, counted from 1. */
  studyId: StudyIdSchema.nullable(),
  studyPosition: z.int().nullable(),
});
export type RunSummary = z.infer<typeof RunSummarySchema>;

/** The backend that a run really used. */
export const BackendUsedSchema = z.object({
  name: BackendNameSchema,
  version: z.string(),
  device: z.string(),
  /** Why it is not the one asked for; null where it is. */
  fallbackReason: z.string().nullable(),
});
export type BackendUsed = z.infer<typeof BackendUsedSchema>;

export const PartInfoSchema = z.object({
  part: z.enum(['train', 'validation', 'test']),
  rows: z.int(),
  windows: z.int(),
  fromUs: z.number().nullable(),
  toUs: z.number().nullable(),
  /** Origins of the part without a window, by reason; absent where there are none, and in runs of earlier versions. */
  leftOut: z.array(z.object({ reason: z.string(), windows: z.int() })).optional(),
});
export type PartInfo = z.infer<typeof PartInfoSchema>;

export const CheckpointInfoSchema = z.object({
  kind: z.enum(['last', 'best']),
  step: z.int(),
  epoch: z.int(),
  bytes: z.int(),
  hasOptimizerState: z.boolean(),
  createdAtMs: z.number(),
});
export type CheckpointInfo = z.infer<typeof CheckpointInfoSchema>;

/** Columns of a run that its detail shows and the list does not. */
export const RunDetailColumnsSchema = z.object({
  attempts: z.int(),
  weightsHash: z.string().nullable(),
});

export const RunDetailSchema = RunSummarySchema.extend({
  ...RunDetailColumnsSchema.shape,
  configuration: ExperimentSchema,
  datasetVersionId: DatasetVersionIdSchema,
  backendUsed: BackendUsedSchema.nullable(),
  parts: z.array(PartInfoSchema),
  stepMetrics: z.array(z.string()),
  epochMetrics: z.array(z.string()),
  scores: z.array(ScoreSchema),
  checkpoints: z.array(CheckpointInfoSchema),
  bytes: z.number(),
  notes: z.array(z.string()),
  /** Workers on other machines train it. Absent: this machine does. */
  pool: z.object({ worker: z.string().nullable() }).optional(),
  /** Its study does not show its test part yet. Absent: it is shown. */
  testHidden: z.boolean().optional(),
  /** Runs, this one included, that show a score of the test part of its protocol. */
  testLooks: z.int().optional(),
});
export type RunDetail = z.infer<typeof RunDetailSchema>;

/** One configuration value that differs between the compared runs; `values` in their order, null where a run lacks it. */
export const DifferenceSchema = z.object({ path: z.string(), values: z.array(z.unknown()) });

/** Scores of one protocol: only these may be ranked against each other. */
export const ProtocolGroupSchema = z.object({
  fingerprint: z.string().nullable(),
  runs: z.array(RunIdSchema),
  rows: z.array(
    z.object({
      subject: z.string(),
      runId: RunIdSchema.nullable(),
      /** Of a row that sums up the runs of a study: `value` is their mean. */
      studyId: StudyIdSchema.nullable(),
      /** Name of the run or the study; of a baseline its name, with what sets it apart where there are several of its kind. */
      label: z.string(),
      metric: z.string(),
      unit: z.enum(['original', 'standardized']),
      value: FloatSchema,
      /** Sample standard deviation of a study's runs; null of everything else and of a single run. */
      deviation: z.number().nullable(),
      best: z.boolean(),
    }),
  ),
  /** What another seed changes, where the runs show it; null where they do not. */
  remark: z.string().nullable(),
});

/** A study that is compared as a whole: one row for its runs. */
/** Runs of a study that are summed up: all of them, or those of one of its configurations. */
export const ComparedStudySchema = z.object({
  id: StudyIdSchema,
  /** With the configuration, where it has several: `co2: wide`. */
  name: z.string(),
  runs: z.array(RunIdSchema),
});
export type ComparedStudy = z.infer<typeof ComparedStudySchema>;

export const ComparisonSchema = z.object({
  /** In the order that they were named in, those of a study together. */
  runs: z.array(RunSummarySchema),
  studies: z.array(ComparedStudySchema),
  differences: z.array(DifferenceSchema),
  protocols: z.array(ProtocolGroupSchema),
});
export type Comparison = z.infer<typeof ComparisonSchema>;

export const QueueSchema = z.object({
  /** Runs that may train at once. */
  limit: z.int(),
  running: z.array(RunIdSchema),
  queued: z.array(RunIdSchema),
});
export type Queue = z.infer<typeof QueueSchema>;
