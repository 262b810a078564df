// The task `forecast`: predicts the values of the next steps from the values of the steps before.
import { z } from 'zod';
import { forecastsDistribution, LossSchema } from '../experiment/losses.ts';
import { MetricNameSchema } from '../runs/metrics.ts';
import { HindcastError } from '../values/errors.ts';
import { ColumnNames, PositiveInt, type RecordedFields } from '../values/fields.ts';
import { DEFAULT_QUANTILES, IntervalsSchema, QuantilesSchema } from './quantiles.ts';
import type { Task } from './task.ts';

const KIND = 'forecast';

/** Forecast `horizon` steps of the target columns after each origin, from `lookback` steps of the feature columns up to it. */
export const ForecastTaskSchema = z.strictObject({
  kind: z.literal(KIND),
  targets: ColumnNames,
  /** Input columns. Default: as the data decide (engine/defaults); where there are no data, the targets. */
  features: ColumnNames.optional(),
  /** Those of the features whose values are known ahead, such as prices that are planned: the model sees them up to the horizon. */
  knownAhead: ColumnNames.optional(),
  /** Those of the features that say what a series is, such as the size of a store: they do not change over its rows. */
  staticFeatures: ColumnNames.optional(),
  /**
   * Cycles of the calendar as further inputs, which are known ahead: each as sine and cosine, in UTC. Default: as the data decide
   * (engine/defaults), else none.
   */
  calendar: z.array(z.enum(['time-of-day', 'weekday', 'time-of-year'])).optional(),
  /** Tells the model which series a window is of, by an input for each. Default: false. */
  seriesIdentity: z.boolean().optional(),
  /** Names of the series that take part. Default: all. */
  series: z.array(z.string()).min(1).optional(),
  lookback: PositiveInt,
  horizon: PositiveInt,
  /** Steps between the origins of neighbouring training windows; validation and test always use 1. */
  stride: PositiveInt.default(1),
  /** `complete`: only origins after which every target is known, in all parts; for data whose targets are known only at some steps. */
  origins: z.enum(['every', 'complete']).default('every'),
  /**
   * `grid`: rows that a regular series lacks are missing values, so that every row is one step after the one before. `rows`: rows are
   * neighbours whatever time lies between them.
   */
  gaps: z.enum(['grid', 'rows']).default('grid'),
  /** A window may hold gaps of up to this many missing rows, on the grid. Default: a tenth of the look-back, at least 1. */
  crossGaps: z.int().min(0).optional(),
  /**
   * What the model answers before it is trained: what its random weights give, or 0 in model units, which is the last value where the
   * pipeline subtracts that. Default: as the data decide (engine/defaults), else `random`.
   */
  firstForecast: z.enum(['random', 'zero']).optional(),
  loss: LossSchema.default('mse'),
  /** Of the Huber loss, in model units: larger errors count by their size, smaller ones by their square. */
  huberDelta: z.number().positive().default(1),
  metrics: z.array(MetricNameSchema).min(1).default(['mae', 'rmse', 'mse']),
  /** How intervals are made around the forecasts. Default: `none`. */
  intervals: IntervalsSchema.optional(),
  /** Share of the validation part, at its end, that calibrates intervals and that stopping does not see. Default: 0.5. */
  calibrationShare: z.number().gt(0).lt(1).optional(),
  /** Levels of the quantiles that are forecast. Default: 0.05, 0.1, 0.2 ... 0.9, 0.95. */
  quantiles: QuantilesSchema.optional(),
});
export type ForecastTask = z.infer<typeof ForecastTaskSchema>;

/** Before rows were put on a time grid, they were neighbours whatever time lay between them. */
export const recordedForecast = (task: RecordedFields): RecordedFields =>
  task.kind === KIND ? { gaps: 'rows', ...task } : task;

export const isForecastTask = (task: Task): task is ForecastTask => task.kind === KIND;

/** Levels of the quantiles that a run forecasts beside each value; null: it forecasts values alone. */
export function quantileLevels({
  loss,
  intervals = 'none',
  quantiles,
}: IntervalChoice): readonly number[] | null {
  const hasQuantiles = intervals !== 'none' || (loss !== undefined && forecastsDistribution(loss));
  return hasQuantiles ? (quantiles ?? DEFAULT_QUANTILES) : null;
}

export type IntervalChoice = Pick<ForecastTask, 'intervals' | 'quantiles'> &
  Partial<Pick<ForecastTask, 'loss'>>;

/** @throws HindcastError `conflict` where the task is of another kind, and what was asked for is about forecasts. */
export function asForecastTask(task: Task): ForecastTask {
  if (isForecastTask(task)) return task;
  const message = `Only a run that forecasts can do this, but the task of this one is "${task.kind}"; choose another run.`;
  throw new HindcastError('conflict', message, { details: { task: task.kind } });
}
