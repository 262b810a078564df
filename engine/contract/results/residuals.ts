// What the errors of a run's forecasts look like, for one series and target: over time, their distribution, what is left to forecast in
// them, and whether the model copies the last value. Errors are forecast less truth, original units.
import { z } from 'zod';
import { FloatSchema } from '../values/float.ts';

const Floats = z.array(FloatSchema);

export const ResidualsSchema = z.object({
  runId: z.int().positive(),
  part: z.enum(['test', 'validation']),
  seriesNames: z.array(z.string()),
  series: z.string(),
  targets: z.array(z.string()),
  target: z.string(),
  /** Steps ahead that `overTime`, `histogram`, `autocorrelation`, `byHour`, `byWeekday` and `byLevel` are of. */
  step: z.int().positive(),
  horizon: z.int().positive(),
  /** Known errors of that step, their mean and sample deviation. */
  count: z.int(),
  mean: FloatSchema,
  deviation: FloatSchema,
  /** Neighbouring rows together: first and last time (microseconds UTC), mean, least and greatest error. */
  overTime: z.object({ from: Floats, to: Floats, mean: Floats, least: Floats, most: Floats }),
  /** Edges of the bins, one more than counts. */
  histogram: z.object({ edges: Floats, counts: z.array(z.int()) }),
  /** From lag 1 on; null: too few errors without a gap. */
  autocorrelation: z
    .object({ values: Floats, statistic: FloatSchema, pValue: FloatSchema, bound: FloatSchema })
    .nullable(),
  /** 24 hours of the day and 7 weekdays from Monday on, UTC; empty where the rows have one of each only. */
  byHour: z.array(z.object({ mean: FloatSchema, size: FloatSchema, count: z.int() })),
  byWeekday: z.array(z.object({ mean: FloatSchema, size: FloatSchema, count: z.int() })),
  /** Tenths of the errors by the true value: mean value, mean error, mean size of the errors. */
  byLevel: z.array(z.object({ level: FloatSchema, mean: FloatSchema, size: FloatSchema })),
  /** Neighbouring origins together: first and last origin of the series (microseconds UTC), and its index in the part. */
  map: z.object({
    from: Floats,
    to: Floats,
    origin: z.array(z.int()),
    /** Steps ahead of each line; neighbouring steps are together where there are many. */
    steps: z.array(z.int()),
    /** [lines][origins] mean size of the errors; NaN where none is known. */
    sizes: z.array(Floats),
  }),
  copies: z.object({
    /** Mean distance of the forecasts from the last known value and from the truth, and of the truth from the last value. */
    fromLast: FloatSchema,
    fromTruth: FloatSchema,
    truthFromLast: FloatSchema,
    /** The truth of this many steps earlier is what the forecasts resemble most; 0: the truth itself. */
    lag: z.int(),
    isCopy: z.boolean(),
    words: z.string(),
  }),
  /** Ljung-Box in a sentence. */
  words: z.string(),
});
export type Residuals = z.infer<typeof ResidualsSchema>;
