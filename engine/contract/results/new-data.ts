// Forecasts beyond the last known row, of a run's own data or of new data, by a run or by an exported model: the frames that a
// screen gets, and the card of an exported model.

import { z } from 'zod';
import { BlobSchema, reads } from '../api/api-base.ts';
import { ImportReportSchema, ImportSourceSchema } from '../datasets/dataset.ts';
import { ScoreSchema } from '../runs/run.ts';
import { FrameAnswerSchema } from '../values/frame-answer.ts';
import { RunReferenceSchema } from '../values/ids.ts';

/** What forecasts: a run of the workspace, or the folder of an exported model. */
const ForecasterSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('run'), run: RunReferenceSchema }),
  z.strictObject({ kind: z.literal('exported'), folder: z.string().min(1) }),
]);
export type Forecaster = z.infer<typeof ForecasterSchema>;

const FutureForecastSchema = z.object({
  /** The last rows of each series and the forecast behind them: a `NewForecastFrame`. */
  frame: FrameAnswerSchema,
  /** The forecasts as the csv export writes them. */
  csv: BlobSchema,
});

const NewForecastSchema = FutureForecastSchema.extend({
  /** What was read: rows, what was set aside, what a user should know. */
  report: ImportReportSchema,
});

/** How well the files of an export forecast what the run does. */
export const VerificationSchema = z.object({
  /** Windows of forecasts, or samples of a classifier. */
  windows: z.int(),
  measured: z.enum(['forecasts', 'probabilities']).optional(),
  /** Of forecasts in standard deviations of the target, of probabilities as they are. */
  largestDifference: z.number(),
  tolerance: z.number(),
});
export type Verification = z.infer<typeof VerificationSchema>;

const ExportedModelSchema = z.object({
  name: z.string(),
  description: z.string(),
  modelKind: z.string(),
  /** Columns that a file must have, beside its time. */
  columns: z.array(z.string()),
  /** What the model sees of them, in order. */
  inputs: z.array(z.string()),
  targets: z.array(z.string()),
  /** Levels of the quantiles that come with each forecast; null: it has none. */
  levels: z.array(z.number()).readonly().nullable(),
  /** How they are made, `its own, moved by split-conformal calibration`; null where it has none. */
  quantilesFrom: z.string().nullable(),
  lookback: z.int(),
  horizon: z.int(),
  /** `1 day`; one for each that the training data had. */
  frequencies: z.array(z.string()),
  series: z.array(z.string()),
  timeColumn: z.string().nullable(),
  /** `data`: the model takes and gives the units of the data. */
  units: z.enum(['data', 'model']),
  /** Why it is `model`; null where it is `data`. */
  whyModelUnits: z.string().nullable(),
  /** Steps of the pipeline that are done in front of the model. */
  stepsBefore: z.array(z.string()),
  dataset: z.string(),
  datasetVersion: z.int(),
  /** SHA-256 of the training data. */
  dataHash: z.string(),
  weightsHash: z.string().nullable(),
  seed: z.number(),
  scores: z.array(ScoreSchema),
  verified: VerificationSchema,
  /** What a user should know of the files. */
  notes: z.array(z.string()),
});
export type ExportedModel = z.infer<typeof ExportedModelSchema>;

export const newData = {
  /** What comes after the last rows of the data that the run was trained on. */
  forecastFuture: reads.input(z.object({ run: RunReferenceSchema })).output(FutureForecastSchema),
  /** What comes after the last rows of new data, which are read as the model's own were. Nothing of them is kept. */
  forecastNew: reads
    .input(z.object({ model: ForecasterSchema, input: ImportSourceSchema }))
    .output(NewForecastSchema),
  /** What the card in the folder of an exported model says. */
  exportedModel: reads.input(z.object({ folder: z.string().min(1) })).output(ExportedModelSchema),
};
