// Columns of one series between two times, reduced to the points of a chart.
import type { ChartFrame } from '../../contract/datasets/frames.ts';
import { firstNotBefore } from '../first-not-before.ts';
import { bucketBounds } from '../reduction.ts';
import type { Gap } from '../time-grid.ts';
import { reduceLong } from './blocks.ts';
import { brokenAt, timesOf, withBreaks } from './line-breaks.ts';

export interface ChartRange {
  readonly fromUs?: number | undefined;
  readonly toUs?: number | undefined;
  /** Buckets that the rows of the range are reduced to. */
  readonly points: number;
}

export interface ChartTimes {
  /** [rows] microseconds UTC. */
  readonly times: Float64Array;
  readonly gaps: readonly Gap[];
}

export interface ChartedSeries extends ChartTimes {
  readonly name: string;
  /** The values are [rows], NaN where missing. */
  readonly columns: readonly { readonly name: string; readonly values: Float64Array }[];
}

export function chartOf({ name, times, gaps, columns }: ChartedSeries, range: ChartRange): ChartFrame {
  const { start, end } = rowsBetween(times, range);
  const rows = end - start;
  const even = bucketBounds(rows, range.points).map((row) => row + start);
  const { bounds, breaks } = brokenAt(even, times, gaps);
  const reduced = columns.map(({ values }) => reduceLong(values, bounds));
  const points = { bounds, breaks, times };
  return {
    header: {
      series: name,
      columns: columns.map((column) => column.name),
      rows,
      allRows: times.length,
      whole: rows <= range.points,
    },
    columns: {
      time: timesOf(points, 'first'),
      end: timesOf(points, 'last'),
      mean: reduced.map(({ mean }) => withBreaks(mean, breaks)),
      min: reduced.map(({ min }) => withBreaks(min, breaks)),
      max: reduced.map(({ max }) => withBreaks(max, breaks)),
    },
  };
}

/** Rows of the range and one more at either side, so that lines leave the picture instead of ending in it. */
function rowsBetween(times: Float64Array, { fromUs, toUs }: ChartRange): { start: number; end: number } {
  const first = fromUs === undefined ? 0 : firstNotBefore(times, fromUs) - 1;
  const after = toUs === undefined ? times.length : firstNotBefore(times, toUs) + 2;
  const start = Math.max(0, Math.min(first, times.length - 1));
  return { start, end: Math.max(start, Math.min(times.length, after)) };
}
