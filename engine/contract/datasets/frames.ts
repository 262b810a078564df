// The frames of data and of training curves: complete (datasets.values, runs.metrics) and reduced to the width of a chart
// (datasets.chart, runs.curves). Frames of forecasts are in forecast.ts.
import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';
import { RunIdSchema } from '../values/ids.ts';
import { ColumnInfoSchema } from './dataset.ts';

const Names = z.array(z.string()).readonly();
const Scope = z.enum(['step', 'epoch']);

/** Rows of one series. */
export const ValuesFrame = defineFrame('datasets.values', {
  header: z.object({
    series: z.string(),
    fromRow: z.int().min(0),
    columns: z.array(ColumnInfoSchema).readonly(),
  }),
  columns: {
    /** Microseconds UTC. */
    time: column('i64'),
    /** NaN where missing; categories as codes, indices into ColumnInfo.categories. */
    values: column('f64', 'columns'),
  },
});
export type ValuesFrame = FrameOf<typeof ValuesFrame>;

/** Metric rows of a run, in order of index. */
export const MetricsFrame = defineFrame('runs.metrics', {
  header: z.object({ runId: RunIdSchema, scope: Scope, names: Names }),
  columns: {
    /** Step or epoch, from 1. */
    index: column('i32'),
    values: column('f64', 'names'),
  },
});
export type MetricsFrame = FrameOf<typeof MetricsFrame>;

/**
 * Numeric columns of one series between two times. A point represents one or more neighbouring rows; one without values breaks the
 * line where rows are missing.
 */
export const ChartFrame = defineFrame('datasets.chart', {
  header: z.object({
    series: z.string(),
    columns: Names,
    /** Rows of the range, and of the series. */
    rows: z.int(),
    allRows: z.int(),
    /** Each point is one row: nothing was reduced. */
    whole: z.boolean(),
  }),
  columns: {
    /** Microseconds UTC of each point's first row, and of its last. */
    time: column('f64'),
    end: column('f64'),
    mean: column('f64', 'columns'),
    min: column('f64', 'columns'),
    max: column('f64', 'columns'),
  },
});
export type ChartFrame = FrameOf<typeof ChartFrame>;

/** Training curves of a run. A point represents one or more neighbouring steps or epochs; NaN where none of them is finite. */
export const CurvesFrame = defineFrame('runs.curves', {
  header: z.object({
    runId: RunIdSchema,
    scope: Scope,
    /** Those asked for that the run has. */
    names: Names,
    /** Rows that the run has now, and the first and last index that the frame shows. */
    rows: z.int(),
    from: z.int(),
    to: z.int(),
  }),
  columns: {
    /** The last step or epoch of each point. */
    index: column('f64'),
    /** The mean, or the moving average where `smoothing` > 0. */
    mean: column('f64', 'names'),
    /** Of the rows as they are, never smoothed. */
    min: column('f64', 'names'),
    max: column('f64', 'names'),
  },
});
export type CurvesFrame = FrameOf<typeof CurvesFrame>;
