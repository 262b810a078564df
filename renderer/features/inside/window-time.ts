// The rows of a window on the axis of time: cells of a heat map lie around the rows that they read.
import type { InsideStatesFrame, InsideWindowFrame } from '../../../engine/contract/inside/states.ts';
import { type Line, nearest } from '../../charts/draw.ts';
import type { Domain } from '../../charts/scales.ts';

/** [rows + 1] borders half-way between the rows, microseconds UTC. */
export function rowBorders(times: Float64Array): Float64Array {
  const rows = times.length;
  const borders = new Float64Array(rows + 1);
  const first = rows > 1 ? times[1]! - times[0]! : 1;
  const last = rows > 1 ? times[rows - 1]! - times[rows - 2]! : 1;
  borders[0] = (times[0] ?? 0) - first / 2;
  for (let row = 1; row < rows; row++) borders[row] = (times[row - 1]! + times[row]!) / 2;
  borders[rows] = (times[rows - 1] ?? 0) + last / 2;
  return borders;
}

/** The same of epochs: evenly spaced or not, the last cell ends half an epoch after the last of them. */
export function epochBorders(epochs: Float64Array): Float64Array {
  const borders = rowBorders(epochs);
  borders[0] = (epochs[0] ?? 0) - 0.5;
  borders[epochs.length] = (epochs.at(-1) ?? 0) + 0.5;
  return borders;
}

export interface WindowTime {
  readonly times: Float64Array;
  readonly borders: Float64Array;
  readonly domain: Domain;
  readonly stepUs: number;
  readonly originUs: number;
}

export function windowTime({ columns, header }: InsideWindowFrame): WindowTime {
  const borders = rowBorders(columns.time);
  return {
    times: columns.time,
    borders,
    domain: [borders[0]!, borders.at(-1)!],
    stepUs: (columns.time[1] ?? 0) - (columns.time[0] ?? 0),
    originUs: header.about.originUs,
  };
}

/** Rows of the window that each cell reads: from, up to and without `end`. */
interface CellRows {
  readonly row: Int32Array;
  readonly end: Int32Array;
}

/** [cells] where cells begin and end. Steps may share rows (overlapping segments): a cell begins where the one before ends. */
export function cellSpans(
  columns: CellRows,
  { borders }: WindowTime,
): { from: Float64Array; to: Float64Array } {
  const to = Float64Array.from(columns.end, (end) => borders[Math.min(end, borders.length - 1)]!);
  const from = Float64Array.from(columns.row, (row, cell) =>
    cell > 0 ? Math.max(borders[row]!, to[cell - 1]!) : borders[row]!,
  );
  return { from, to };
}

/** The row of the window that lies nearest to a time. */
export const nearestTime = (times: Float64Array, at: number): number => times[nearest(times, at)] ?? at;

export interface Hatched {
  readonly span: Domain;
  readonly why: string;
}

/** Rows that no step of the model reads. */
export function hatchedSpans(window: InsideWindowFrame, time: WindowTime): Hatched[] {
  const { unread } = window.header;
  if (unread === 0) return [];
  return [{ span: [time.borders[0]!, time.borders[unread]!], why: 'not read: these rows fill no segment' }];
}

/** Steps that the gradient does not reach, because training cuts it off there. */
export function truncatedSpans({ header, columns }: InsideStatesFrame, window: InsideWindowFrame): Hatched[] {
  const time = windowTime(window);
  const { from, to } = cellSpans(columns, time);
  const cells = columns.step.filter((step, cell) => step + columns.steps[cell]! <= header.truncated).length;
  if (cells === 0) return [];
  const why = 'training cut the gradient off: it does not reach these steps';
  return [{ span: [from[0]!, to[cells - 1]!], why }];
}

/** Most inputs drawn: more cannot be told apart. */
const MOST_INPUTS = 8;

/** Bounds of a chart by steps around the origin: 0 is the origin, the horizon counts from 1. */
export const stepDomain = ({ header }: InsideWindowFrame): Domain => [1 - header.lookback, header.horizon];

export function inputLines({ header, columns }: InsideWindowFrame): Line[] {
  return header.inputs.slice(0, MOST_INPUTS).map((name, index) => ({
    id: name,
    label: name,
    color: `--hc-series-${index + 1}`,
    x: columns.time.subarray(0, header.lookback),
    y: columns.input[index]!.subarray(0, header.lookback),
  }));
}

export function forecastLines({ columns }: InsideWindowFrame): Line[] {
  return [
    { id: 'actual', label: 'actual', color: '--hc-actual', x: columns.time, y: columns.actual },
    {
      id: 'forecast',
      label: 'forecast',
      color: '--hc-series-1',
      x: columns.time,
      y: columns.forecast,
      width: 2,
    },
  ];
}
