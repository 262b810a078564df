// From a frame of runs.forecastNew or runs.forecastFuture to the lines of a chart and the rows of a table. Pure.
import type { Frame } from '../../../engine/contract/frame.ts';
import type { NewForecastHeader } from '../../../engine/contract/new-data.ts';
import type { Line } from '../../charts/draw.ts';
import { joined } from '../run/forecast-lines.ts';

export type NewForecastFrame = Frame<NewForecastHeader>;

/** Rows of the frame that belong to a series, as [first, end). */
function placesOf({ columns }: NewForecastFrame, series: number): readonly [number, number] {
  const index = columns.series as Int32Array;
  return [index.indexOf(series), index.lastIndexOf(series) + 1];
}

const part = (frame: NewForecastFrame, name: string, series: number): Float64Array =>
  (frame.columns[name] as Float64Array).subarray(...placesOf(frame, series));

/** What was known, by that name, and the forecast from the last row on. */
export function newForecastLines(
  frame: NewForecastFrame,
  { series, target, known }: { readonly series: number; readonly target: number; readonly known: string },
): Line[] {
  const x = part(frame, 'time', series);
  const actual = part(frame, `${target}.actual`, series);
  const ahead = part(frame, `${target}.forecast`, series);
  const dots = x.length <= 120;
  return [
    { id: 'actual', label: known, color: '--hc-actual', x, y: actual, dots },
    {
      id: 'forecast',
      label: 'forecast',
      color: '--hc-series-2',
      x,
      y: joined(ahead, actual),
      width: 2,
      dots,
    },
  ];
}

export interface ForecastRow {
  readonly step: number;
  /** Microseconds UTC. */
  readonly timeUs: number;
  /** [targets] */
  readonly values: readonly number[];
}

export function newForecastRows(frame: NewForecastFrame, series: number): ForecastRow[] {
  const { targets, horizon } = frame.header;
  const [, end] = placesOf(frame, series);
  return Array.from({ length: horizon }, (_, place) => {
    const row = end - horizon + place;
    return {
      step: place + 1,
      timeUs: (frame.columns.time as Float64Array)[row] ?? Number.NaN,
      values: targets.map((_name, target) => frame.columns[`${target}.forecast`]?.[row] as number),
    };
  });
}

/** Microseconds between the last two rows. */
export function stepUsOf(frame: NewForecastFrame, series: number): number {
  const time = part(frame, 'time', series);
  return (time.at(-1) ?? 0) - (time.at(-2) ?? 0);
}
