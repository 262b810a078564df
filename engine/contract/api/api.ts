// The API of the engine: every method that a window, a browser page or the command line can call.
// The contract comes first: a wrong name or a missing handler does not compile.

import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  DatasetDetailSchema,
  DatasetSummarySchema,
  ImportOptionsSchema,
  ImportSourceSchema,
  ImportUpdateSchema,
} from '../datasets/dataset.ts';
import { sampleData } from '../datasets/sample-data.ts';
import { samples } from '../datasets/sample-views.ts';
import { datasetViews, experiments, runViews, workspace } from '../datasets/views.ts';
import { inside } from '../inside/methods.ts';
import { labs } from '../labs.ts';
import { placeField } from '../pool/place.ts';
import { pool } from '../pool/status.ts';
import { captioning } from '../results/captioning.ts';
import { classify } from '../results/classify-result.ts';
import { estimation } from '../results/estimation.ts';
import { generation } from '../results/generation.ts';
import { labelling } from '../results/labelling.ts';
import { newData, VerificationSchema } from '../results/new-data.ts';
import { tagging } from '../results/tagging.ts';
import { translation } from '../results/translation.ts';
import { video } from '../results/video.ts';
import { CatalogueSchema } from '../runs/catalogue.ts';
import { ExportFormatSchema, MOST_FIGURES, ReportFigureSchema } from '../runs/export.ts';
import { ComparisonSchema, QueueSchema, RunDetailSchema, RunSummarySchema } from '../runs/run.ts';
import { EnsembleAnswerSchema, EnsembleWaySchema, MOST_MEMBERS } from '../studies/ensemble.ts';
import { studies } from '../studies/study.ts';
import { FrameAnswerSchema } from '../values/frame-answer.ts';
import { DatasetReferenceSchema, NameSchema, RunIdSchema, RunReferenceSchema } from '../values/ids.ts';
import { CallProgressSchema, WatchSchema } from '../values/progress.ts';
import { BackendStatusSchema, EngineInfoSchema } from '../workspace/engine-info.ts';
import { BlobSchema, base, reads } from './api-base.ts';
import { EngineEventSchema } from './events.ts';

const RunInput = z.object({ run: RunReferenceSchema });

const engine = {
  /** Answers at once, with nothing: a client asks whether the engine still answers. */
  ping: reads,
  describe: reads.output(EngineInfoSchema),
  /** Metrics and baselines that it knows; the same for as long as it runs. */
  catalogue: reads.output(CatalogueSchema),
  /** Loads each backend in a process of its own and says what it found; takes seconds. */
  backends: reads.output(z.array(BackendStatusSchema)),
  /** How far a call is that was given the name; null where none of that name is made, or nothing is known of it yet. */
  progress: reads.input(z.object({ watch: WatchSchema })).output(CallProgressSchema.nullable()),
};

const datasets = {
  ...datasetViews,
  list: reads.output(z.array(DatasetSummarySchema)),
  get: reads
    .input(z.object({ dataset: DatasetReferenceSchema, version: z.int().positive().optional() }))
    .output(DatasetDetailSchema),
  /** The last update is `done`. Ending the iteration early cancels the import; nothing of it stays. */
  import: base
    .input(
      z.object({
        source: ImportSourceSchema,
        /** Default: the file's name without its ending. An existing name gets a new version, unless the content is the same. */
        name: z.string().min(1).max(200).optional(),
        options: ImportOptionsSchema.default({}),
      }),
    )
    .output(eventIterator(ImportUpdateSchema)),
  rename: base
    .input(z.object({ dataset: DatasetReferenceSchema, name: z.string().min(1).max(200) }))
    .output(DatasetSummarySchema),
  /** Refused while runs use it, unless `withRuns`. */
  delete: base
    .input(z.object({ dataset: DatasetReferenceSchema, withRuns: z.boolean().default(false) }))
    .output(z.void()),
  /** All rows that the import set aside, as CSV; of versions from before this was kept, the first 1,000. */
  setAside: reads
    .input(
      z.object({
        dataset: DatasetReferenceSchema,
        version: z.int().positive().optional(),
        /** Cells that a spreadsheet would run begin with an apostrophe. */
        guardFormulas: z.boolean().default(true),
      }),
    )
    .output(BlobSchema),
  /** Rows of one series: a `ValuesFrame`. */
  values: reads
    .input(
      z.object({
        dataset: DatasetReferenceSchema,
        version: z.int().positive().optional(),
        series: z.string().optional(),
        columns: z.array(z.string()).optional(),
        fromRow: z.int().min(0).default(0),
        rows: z.int().positive().optional(),
      }),
    )
    .output(FrameAnswerSchema),
};

const runs = {
  ...runViews,
  ...newData,
  /** Puts a run at the end of the queue. The configuration is an experiment (defaults may be left out). */
  start: base
    .input(z.object({ configuration: z.unknown(), name: NameSchema.optional(), ...placeField }))
    .output(RunSummarySchema),
  /** Newest first. The whole list in one block: see `readRunList`. */
  list: reads.input(z.object({ limit: z.int().positive().optional() }).default({})).output(BlobSchema),
  get: reads.input(RunInput).output(RunDetailSchema),
  /** Metric rows of a run as they are: a `MetricsFrame`. */
  metrics: reads
    .input(
      z.object({
        run: RunReferenceSchema,
        scope: z.enum(['step', 'epoch']),
        names: z.array(z.string()).optional(),
        /** Only rows with a greater index. */
        after: z.int().min(0).default(0),
      }),
    )
    .output(FrameAnswerSchema),
  compare: reads
    .input(
      z.object({
        runs: z.array(RunReferenceSchema).min(1).max(10),
        /** Waits for the verdicts of the duels among them, which decide the mark; without them no configuration of a duel is marked. */
        verdicts: z.boolean().default(true),
      }),
    )
    .output(ComparisonSchema),
  /** Two or more runs of one protocol put together, scored on its test part; a study stands for its runs. */
  ensemble: reads
    .input(
      z.object({
        runs: z.array(RunReferenceSchema).min(1).max(MOST_MEMBERS),
        way: EnsembleWaySchema.default('mean'),
        withTable: z.boolean().default(false),
        /** A name of this call, under which `engine.progress` says how far it is: of runs that write, texts of the test part. */
        watch: WatchSchema.optional(),
      }),
    )
    .output(EnsembleAnswerSchema),
  /** A queued run leaves the queue; a running one ends after its current step with a checkpoint. */
  stop: base.input(RunInput).output(RunSummarySchema),
  /** Back into the queue from its last checkpoint, here or on the pool (default: where it was); a paused run tries at once to resume. */
  resume: base.input(RunInput.extend(placeField)).output(RunSummarySchema),
  rename: base.input(z.object({ run: RunReferenceSchema, name: NameSchema })).output(RunSummarySchema),
  /** A new queued run with the same configuration, or with another seed. */
  duplicate: base
    .input(
      z.object({
        run: RunReferenceSchema,
        seed: z.int().min(0).optional(),
        name: NameSchema.optional(),
      }),
    )
    .output(RunSummarySchema),
  /** Refused while the run is active. */
  delete: base.input(RunInput).output(z.void()),
  /**
   * Forecasts with the run's best weights: `future` from the last row of each series, `test` (or `validation`) from every origin of that part.
   * A `ForecastFrame`.
   */
  forecast: reads
    .input(
      z.object({
        run: RunReferenceSchema,
        part: z.enum(['future', 'test', 'validation']).default('future'),
        /** New data, read as the run's dataset was: forecasts after its last rows; `part` must be `future`. */
        input: ImportSourceSchema.optional(),
      }),
    )
    .output(FrameAnswerSchema),
  /** The same of an exported model (format tfjs): `folder` holds its files, `input` the data to forecast after. `runId` is 0. */
  forecastExported: reads
    .input(z.object({ folder: z.string().min(1), input: ImportSourceSchema }))
    .output(FrameAnswerSchema),
  /** Files of an export, which the client writes. */
  export: reads
    .input(
      z.object({
        run: RunReferenceSchema,
        format: ExportFormatSchema,
        guardFormulas: z.boolean().default(true),
        figures: z.array(ReportFigureSchema).max(MOST_FIGURES).default([]),
      }),
    )
    .output(
      z.object({
        files: z.array(z.object({ name: z.string(), mediaType: z.string(), content: BlobSchema })),
        /** Format tfjs: how the model was checked before it was handed out. */
        verified: VerificationSchema.optional(),
      }),
    ),
};

const queue = {
  get: reads.output(QueueSchema),
  setLimit: base.input(z.object({ limit: z.int().min(1).max(64) })).output(QueueSchema),
  /** Moves a queued run to a position in the queue, counted from 1. */
  move: base.input(z.object({ run: RunReferenceSchema, position: z.int().positive() })).output(QueueSchema),
};

const events = {
  /** Every event after `after`, stored ones first, then live ones as they happen, without end; each sequence once and in order. */
  watch: base
    .input(z.object({ after: z.int().min(0).default(0), run: RunIdSchema.optional() }).default({ after: 0 }))
    .output(eventIterator(EngineEventSchema)),
  /** The stored events of a run, or of the workspace, oldest first. */
  list: reads
    .input(
      z.object({
        run: RunReferenceSchema.optional(),
        after: z.int().min(0).default(0),
        limit: z.int().positive().max(10_000).default(1_000),
      }),
    )
    .output(z.array(EngineEventSchema)),
};

export const contract = {
  engine,
  workspace,
  datasets,
  experiments,
  runs,
  classify,
  samples,
  generation,
  translation,
  labelling,
  video,
  captioning,
  sampleData,
  tagging,
  estimation,
  inside,
  labs,
  studies,
  queue,
  pool,
  events,
};
export type Contract = typeof contract;
