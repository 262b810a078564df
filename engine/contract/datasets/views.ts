// Data that screens ask for, already reduced to what they can show: curves, series, forecasts at one origin, and checks of a
// draft. The engine does every reduction; series travel as frames.

import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { BlobSchema, base, reads } from '../api/api-base.ts';
import { ExperimentSchema } from '../experiment/experiment.ts';
import { HorizonErrorsSchema } from '../results/forecast-errors.ts';
import { IntervalResultSchema } from '../results/intervals.ts';
import { ResidualsSchema } from '../results/residuals.ts';
import { PartInfoSchema } from '../runs/run.ts';
import { AuditSchema } from '../studies/audit.ts';
import { FloatSchema } from '../values/float.ts';
import { FrameAnswerSchema } from '../values/frame-answer.ts';
import { DatasetReferenceSchema, RunIdSchema, RunReferenceSchema } from '../values/ids.ts';
import { WatchSchema } from '../values/progress.ts';
import { CheckResultSchema, CheckUpdateSchema, RepairResultSchema } from '../workspace/check.ts';
import { BackupSchema } from '../workspace/engine-info.ts';
import {
  ImportOptionsSchema,
  ImportReportSchema,
  ImportSourceSchema,
  ReadingProgressSchema,
  RecipeSchema,
  SeriesInfoSchema,
} from './dataset.ts';
import { AnalysisNameSchema, ExplorationSchema, ExploreOptionsSchema, MOST_EXPLORED } from './explore.ts';
import { MOST_ROWS_SHOWN, RowsSchema } from './rows.ts';
import { SampleExampleSchema } from './sample-views.ts';
import { SamplesInfoSchema } from './samples.ts';

const Points = z.int().min(2).max(10_000);

const ColumnStatisticsSchema = z.object({
  name: z.string(),
  count: z.int(),
  missing: z.int(),
  mean: FloatSchema,
  std: FloatSchema,
  min: FloatSchema,
  q25: FloatSchema,
  median: FloatSchema,
  q75: FloatSchema,
  max: FloatSchema,
  /** Rows in each of equally wide classes from min to max. */
  histogram: z.array(z.int()),
  /** Correlation of the column with itself 1, 2, ... rows before; null where it is constant or too short. */
  autocorrelation: z.array(FloatSchema).nullable(),
});
export type ColumnStatistics = z.infer<typeof ColumnStatisticsSchema>;

const ImportPreviewSchema = z.object({
  recipe: RecipeSchema,
  report: ImportReportSchema,
  seriesInfo: z.array(SeriesInfoSchema),
  /** Where the file holds samples; there are no series then. */
  samples: SamplesInfoSchema.optional(),
  /** The first rows as they will be stored: of the first series the time, then each column. */
  head: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) }),
  /** The first lines of the text, so that its header can be pointed at; empty where the file holds samples. */
  lines: z.array(z.string()),
  /** Where the file holds samples: a few of every class, to be read, heard or looked at. */
  examples: z.array(SampleExampleSchema).optional(),
});
export type ImportPreview = z.infer<typeof ImportPreviewSchema>;

const DatasetChoice = {
  dataset: DatasetReferenceSchema,
  version: z.int().positive().optional(),
  /** Default: the first one. */
  series: z.string().optional(),
};

/** Samples are the same where their inputs are equal. */
const SampleDifferenceSchema = z.object({
  added: z.int(),
  removed: z.int(),
  /** In both versions, with another label or number. */
  relabelled: z.int(),
});
export type SampleDifference = z.infer<typeof SampleDifferenceSchema>;

const SeriesDifferenceSchema = z.object({
  added: z.int(),
  /** Of the new rows: those behind the last time of before. */
  appended: z.int(),
  removed: z.int(),
  /** Values of rows and columns that both versions have. */
  changed: z.int(),
  firstChangedUs: z.number().nullable(),
  lastChangedUs: z.number().nullable(),
});
export type SeriesDifference = z.infer<typeof SeriesDifferenceSchema>;

const DatasetDifferenceSchema = z.union([SeriesDifferenceSchema, SampleDifferenceSchema]);
export type DatasetDifference = z.infer<typeof DatasetDifferenceSchema>;

export const datasetViews = {
  /** An analysis of the explorer; the answer has it under its name. Cached with the version. */
  explore: reads
    .input(
      z.object({
        ...DatasetChoice,
        /** Of the kind that the analysis reads; default: the first 20. */
        columns: z.array(z.string()).min(1).max(MOST_EXPLORED).optional(),
        analysis: AnalysisNameSchema,
        options: ExploreOptionsSchema.default({}),
      }),
    )
    .output(ExplorationSchema.partial()),
  /** Rows of one series that a filter keeps: `load > 100 and wind is missing`. */
  rows: reads
    .input(
      z.object({
        ...DatasetChoice,
        filter: z.string().max(2_000).default(''),
        /** Begins at the first match at this time or after it; else at the match with the number `from`. */
        fromUs: z.number().optional(),
        from: z.int().min(0).default(0),
        count: z.int().min(1).max(MOST_ROWS_SHOWN).default(100),
      }),
    )
    .output(RowsSchema),
  /** The profile of a series as one self-contained HTML file. */
  profile: reads.input(z.object(DatasetChoice)).output(BlobSchema),
  /** What a version has that an earlier one has not. */
  difference: reads
    .input(
      z.object({ dataset: DatasetReferenceSchema, before: z.int().positive(), after: z.int().positive() }),
    )
    .output(DatasetDifferenceSchema),
  /** Numeric columns of one series between two times, reduced to at most `points` points: a `ChartFrame`. */
  chart: reads
    .input(
      z.object({
        ...DatasetChoice,
        columns: z.array(z.string()).min(1).max(20),
        fromUs: z.number().optional(),
        toUs: z.number().optional(),
        points: Points.default(1_000),
      }),
    )
    .output(FrameAnswerSchema),
  /** Of every numeric column of one series. */
  statistics: reads.input(z.object(DatasetChoice)).output(z.array(ColumnStatisticsSchema)),
  /** What an import would find, without keeping anything. */
  preview: reads
    .input(
      z.object({
        source: ImportSourceSchema,
        options: ImportOptionsSchema.default({}),
        /** A name of this preview, under which its progress can be asked for. */
        watch: WatchSchema.optional(),
      }),
    )
    .output(ImportPreviewSchema),
  /** How far a preview is that is being made; null where none of that name is, or nothing is known of it yet. */
  previewProgress: reads.input(z.object({ watch: WatchSchema })).output(ReadingProgressSchema.nullable()),
};

const ForecastPart = z.enum(['test', 'validation']);

export const RunLabelSchema = z.object({
  runId: RunIdSchema,
  tags: z.array(z.string().min(1).max(40)).max(20),
  note: z.string().max(10_000),
});
export type RunLabel = z.infer<typeof RunLabelSchema>;

export const runViews = {
  /** Curves of a run, reduced to at most `points` points: a `CurvesFrame`. */
  curves: reads
    .input(
      z.object({
        run: RunReferenceSchema,
        scope: z.enum(['step', 'epoch']),
        names: z.array(z.string()).max(200),
        points: Points.default(1_000),
        /** Weight of the past in the exponential moving average, 0: none. Debiased, over all rows. */
        smoothing: z.number().min(0).lt(1).default(0),
        /** First and last index shown. Default: all. */
        from: z.int().min(0).optional(),
        to: z.int().positive().optional(),
      }),
    )
    .output(FrameAnswerSchema),
  /**
   * The forecast from one origin of a part, what was known before it and what came: a `ForecastAtFrame`. While the run trains, it is
   * made with the best weights of its last checkpoint.
   */
  forecastAt: reads
    .input(
      z.object({
        run: RunReferenceSchema,
        part: ForecastPart.default('test'),
        /** Which origin, from 0; beyond the last one: the last one. */
        origin: z.int().min(0).default(0),
        /** Instead: the origin at or after this time, of that series. */
        originUs: z.number().optional(),
        series: z.string().optional(),
      }),
    )
    .output(FrameAnswerSchema),
  /** Errors of the model and of the baselines by steps after the origin, over all targets and for each. */
  horizonErrors: reads
    .input(z.object({ run: RunReferenceSchema, part: ForecastPart.default('test') }))
    .output(HorizonErrorsSchema),
  /** A verdict, the forecasts of a whole part over time, the worst origins and the scores by series: a `ResultFrame`. */
  result: reads
    .input(
      z.object({
        run: RunReferenceSchema,
        part: ForecastPart.default('test'),
        /** The series and target that are drawn. Default: the first. */
        series: z.string().optional(),
        target: z.string().optional(),
        fromUs: z.number().optional(),
        toUs: z.number().optional(),
        points: Points.default(1_000),
      }),
    )
    .output(FrameAnswerSchema),
  /** The errors of one series and target: over time, distribution, autocorrelation, by hour, weekday and level, by origin and step. */
  residuals: reads
    .input(
      z.object({
        run: RunReferenceSchema,
        part: ForecastPart.default('test'),
        /** Default: the first. */
        series: z.string().optional(),
        target: z.string().optional(),
        step: z.int().positive().default(1),
      }),
    )
    .output(ResidualsSchema),
  /** How well the quantiles of the forecasts are calibrated; a run without intervals has none. */
  intervals: reads
    .input(z.object({ run: RunReferenceSchema, part: ForecastPart.default('test') }))
    .output(IntervalResultSchema),
  /** Replaces everything after some origins by noise and looks whether their forecasts change. */
  audit: reads.input(z.object({ run: RunReferenceSchema })).output(AuditSchema),
  /** Errors by step and scores by series as CSV files. */
  errorTables: reads
    .input(z.object({ run: RunReferenceSchema, part: ForecastPart.default('test') }))
    .output(z.array(z.object({ name: z.string(), content: BlobSchema }))),
  /** Tags and notes of all runs that have any. */
  labels: reads.output(z.array(RunLabelSchema)),
  label: base
    .input(
      z.object({ run: RunReferenceSchema, tags: RunLabelSchema.shape.tags, note: RunLabelSchema.shape.note }),
    )
    .output(RunLabelSchema),
};

const SettingsSchema = z.object({
  /** Threads of each training process; null: the cores shared among the runs that may train at once. */
  threads: z.int().min(1).max(256).nullable(),
  /** A copy each day, of workspaces up to 1 GiB. */
  automaticBackups: z.boolean(),
});
export type Settings = z.infer<typeof SettingsSchema>;

const ExperimentCheckSchema = z.object({
  /** Nothing keeps it from being started. */
  usable: z.boolean(),
  /** By field of the experiment; the empty field is the experiment as a whole. */
  issues: z.array(z.object({ field: z.string(), message: z.string() })),
  /** With every default filled in, also for what is wrong; null where that has none, so that it does not fit the schema. */
  experiment: ExperimentSchema.nullable(),
  estimate: z
    .object({
      inputs: z.array(z.string()),
      parts: z.array(PartInfoSchema),
      parameterCount: z.int(),
      stepsPerEpoch: z.int(),
      memoryBytes: z.number(),
      /** Of one epoch. */
      seconds: z.number(),
      /** How many finished runs of this workspace the time was judged by; 0: a guess for a machine of today. */
      judgedBy: z.int(),
      /** What to look at before training, and what is only worth knowing. */
      notes: z.array(z.string()),
      facts: z.array(z.string()).optional(),
    })
    .nullable(),
});
export type ExperimentCheck = z.infer<typeof ExperimentCheckSchema>;

export const experiments = {
  /** What is wrong with a draft, field by field, and what it would cost. Starts nothing. */
  check: reads.input(z.object({ configuration: z.unknown() })).output(ExperimentCheckSchema),
};

const BackUpSchema = z.object({
  id: z.string(),
  /** A file name for it. */
  name: z.string(),
  bytes: z.int(),
});
export type BackUp = z.infer<typeof BackUpSchema>;

export const workspace = {
  /** Reads the whole file beside the running work; the sentences say what is damaged. */
  check: reads.output(CheckResultSchema),
  /** The same with its progress; the last update is `done`. Ending the iteration early ends the check. */
  checkUpdates: reads.output(eventIterator(CheckUpdateSchema)),
  /** Keeps a copy, then repairs what the last check found. Refused while runs train. */
  repair: base.output(RepairResultSchema),
  /** Makes a whole copy of the workspace, as a file that the client fetches piece by piece and then ends. */
  backUp: base.output(BackUpSchema),
  /** Its bytes from there on, a few megabytes; empty at its end. */
  backUpPiece: reads.input(z.object({ id: z.string(), from: z.int().min(0) })).output(BlobSchema),
  endBackUp: base.input(z.object({ id: z.string() })).output(z.void()),
  /** Automatic ones, and what updates, repairs and restores left; the newest first. */
  backups: reads.output(z.array(BackupSchema)),
  /** Replaces the workspace by a backup of the list when it is opened next. */
  restore: base.input(z.object({ name: z.string().min(1).max(300) })).output(z.void()),
  settings: reads.output(SettingsSchema),
  set: base.input(SettingsSchema.partial()).output(SettingsSchema),
};
