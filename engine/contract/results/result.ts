// The result of a run at a glance (runs.result): a verdict, the forecasts of one part for one series and target, the worst
// forecasts, and the scores of each series.
import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';
import { SeriesScoresSchema, StepErrorsSchema, WorstOriginSchema } from './forecast-errors.ts';

const Names = z.array(z.string()).readonly();

/** The forecasts of a part over time: a point represents one or more neighbouring rows. Original units. */
export const ResultFrame = defineFrame('runs.result', {
  header: z.object({
    runId: z.int().positive(),
    part: z.enum(['test', 'validation']),
    /** How the model compares with the best baseline, in a sentence; empty without scores. */
    verdict: z.string(),
    /** Epoch that the weights come from; null where the run does not say. */
    epoch: z.int().nullable(),
    /** Series that have an origin in the part, and the one shown. */
    seriesNames: Names,
    series: z.string(),
    targets: Names,
    /** Index into targets. */
    target: z.int(),
    /** Steps ahead that are drawn: the nearest and the farthest. */
    steps: z.array(z.int()).readonly(),
    /** Origins of the series, and the first and last of them, microseconds UTC. */
    origins: z.int(),
    firstUs: z.number(),
    lastUs: z.number(),
    /** Rows of the range. */
    rows: z.int(),
    /** Each point is one row: nothing was reduced. */
    whole: z.boolean(),
    /** Of the series and target. */
    errorByStep: z.array(StepErrorsSchema).readonly(),
    worst: z.array(WorstOriginSchema).readonly(),
    /** Of every series that has an origin in the part, in the unit of the run's scores. */
    bySeries: z.array(SeriesScoresSchema).readonly(),
  }),
  columns: {
    /** Microseconds UTC of each point's first row, and of its last. */
    time: column('f64'),
    end: column('f64'),
    /** NaN where no value is known. */
    actual: column('f64'),
    actualMin: column('f64'),
    actualMax: column('f64'),
    /** NaN where no forecast of that many steps ahead was made for the row. */
    forecast: column('f64', 'steps'),
    forecastMin: column('f64', 'steps'),
    forecastMax: column('f64', 'steps'),
  },
});
export type ResultFrame = FrameOf<typeof ResultFrame>;
export type ResultHeader = ResultFrame['header'];
