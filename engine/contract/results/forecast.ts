// The frames of forecasts: every forecast step as a row (runs.forecast), one origin as a chart shows it (runs.forecastAt), and what
// comes after the last rows (runs.forecastNew, runs.forecastFuture).
import { z } from 'zod';
import { FloatSchema } from '../values/float.ts';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';
import { HorizonErrorsSchema, SeriesScoresSchema, ShownSeriesSchema } from './forecast-errors.ts';
import { IntervalResultSchema } from './intervals.ts';

const Names = z.array(z.string()).readonly();

const TrainingStatisticsSchema = z.object({
  series: z.string(),
  target: z.string(),
  mean: FloatSchema,
  /** Population standard deviation; 0: constant, so that standardized scores leave it out. */
  deviation: FloatSchema,
});
export type TrainingStatistics = z.infer<typeof TrainingStatisticsSchema>;

const LeftOutSchema = z.object({
  series: z.string(),
  /** First and last of neighbouring origins, microseconds UTC. */
  fromUs: z.number(),
  toUs: z.number(),
  windows: z.int(),
  reason: z.string(),
});
export type LeftOut = z.infer<typeof LeftOutSchema>;

/** What the forecasts of a part come to. */
const ForecastSummarySchema = z.object({
  errors: HorizonErrorsSchema,
  bySeries: z.array(SeriesScoresSchema),
  /** The first series and targets: those that get charts. */
  shown: z.array(ShownSeriesSchema),
  /** Where quantiles are forecast. */
  intervals: IntervalResultSchema.omit({ runId: true }).optional(),
});
export type ForecastSummary = z.infer<typeof ForecastSummarySchema>;

/** One row a forecast step. */
export const ForecastFrame = defineFrame('runs.forecast', {
  header: z.object({
    /** 0: made by an exported model, or not yet said. */
    runId: z.int().min(0),
    part: z.enum(['future', 'test', 'validation']),
    series: Names,
    targets: Names,
    /** Part `future`: what a user should know of the rows that the forecasts depend on, and of how new data were read. */
    notes: Names.optional(),
    /** Baselines whose forecasts stand beside the model's; of the part `future` none. */
    baselines: Names.default([]),
    /** Levels of the quantiles beside each forecast, rising; none where values alone are forecast. */
    levels: z.array(z.number()).readonly().default([]),
    /** Why a row is in no score: `unscored` has a mask for each. */
    reasons: Names.default([]),
    /** Of the known training rows of each series and target: what standardized scores are divided by. */
    training: z.array(TrainingStatisticsSchema).readonly().default([]),
    /** Origins of the part without a forecast. */
    leftOut: z.array(LeftOutSchema).readonly().default([]),
    summary: ForecastSummarySchema.optional(),
  }),
  columns: {
    /** Index into header.series. */
    series: column('i32'),
    /** Microseconds UTC. */
    origin: column('i64'),
    time: column('i64'),
    /** Steps after the origin, from 1. */
    step: column('i32'),
    /** Index into header.targets. */
    target: column('i32'),
    /** Original units. */
    forecast: column('f64'),
    /** NaN where unknown or missing. */
    actual: column('f64'),
    /** Original units. */
    baseline: column('f64', 'baselines'),
    /** Original units. */
    quantile: column('f64', 'levels'),
    /** 1 where the row is in no score for that reason. */
    unscored: column('u8', 'reasons'),
  },
});
export type ForecastFrame = FrameOf<typeof ForecastFrame>;
export type ForecastHeader = ForecastFrame['header'];

/** The forecast from one origin: the last rows before it, the origin, then `horizon` rows. Original units. */
export const ForecastAtFrame = defineFrame('runs.forecastAt', {
  header: z.object({
    runId: z.int().positive(),
    part: z.enum(['test', 'validation']),
    /** Origins of the part, and which one this is, from 0. */
    origins: z.int(),
    origin: z.int(),
    originUs: z.number(),
    series: z.string(),
    /** First origin of that series, and how many it has: they are neighbours. */
    firstOfSeries: z.int(),
    originsOfSeries: z.int(),
    /** Series that have an origin in the part. */
    seriesNames: Names,
    targets: Names,
    /** Names of the baselines beside the model. */
    baselines: Names,
    /** Levels of the quantiles beside each forecast, rising; none where values alone are forecast. */
    levels: z.array(z.number()).readonly().default([]),
    lookback: z.int(),
    horizon: z.int(),
    /** Epoch that the weights come from; null where the run does not say. */
    epoch: z.int().nullable(),
  }),
  columns: {
    /** Microseconds UTC. */
    time: column('f64'),
    /** NaN where missing. */
    actual: column('f64', 'targets'),
    /** NaN up to the origin. */
    forecast: column('f64', 'targets'),
    baseline: column('f64', 'targets', 'baselines'),
    /** NaN up to the origin. */
    quantile: column('f64', 'targets', 'levels'),
  },
});
export type ForecastAtFrame = FrameOf<typeof ForecastAtFrame>;
export type ForecastAtHeader = ForecastAtFrame['header'];

/** The last rows of each series and `horizon` more. Original units. */
export const NewForecastFrame = defineFrame('runs.forecastNew', {
  header: z.object({
    series: Names,
    targets: Names,
    horizon: z.int(),
    /** Levels of the quantiles beside each forecast, rising; none where values alone are forecast. */
    levels: z.array(z.number()).readonly().default([]),
    /** What a user should know of the data as read, and of the rows that the forecasts depend on. */
    notes: Names,
    /** Last row of each series, microseconds UTC. */
    originsUs: z.array(z.number()).readonly(),
  }),
  columns: {
    /** Index into header.series. */
    series: column('i32'),
    /** Microseconds UTC. */
    time: column('f64'),
    /** NaN where missing, and after the origin. */
    actual: column('f64', 'targets'),
    /** NaN up to the origin. */
    forecast: column('f64', 'targets'),
    /** NaN up to the origin. */
    quantile: column('f64', 'targets', 'levels'),
  },
});
export type NewForecastFrame = FrameOf<typeof NewForecastFrame>;
export type NewForecastHeader = NewForecastFrame['header'];
