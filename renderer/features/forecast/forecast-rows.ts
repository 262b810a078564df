// Turns a frame of runs.forecastNew or runs.forecastFuture into the lines of a chart and the rows of a table. Pure.
import type { NewForecastFrame } from '../../../engine/contract/results/forecast.ts';
import { type Band, bandsOf } from '../../../engine/contract/tasks/quantiles.ts';
import type { Line } from '../../charts/draw.ts';
import { fanLines, joined } from '../../tasks/forecast/forecast-lines.ts';

/** Rows of the frame that belong to a series, as [first, end). */
function rowsOf({ columns }: NewForecastFrame, series: number): readonly [number, number] {
  return [columns.series.indexOf(series), columns.series.lastIndexOf(series) + 1];
}

/** What was known, by that name, and the forecast from the last row on. */
export function newForecastLines(
  frame: NewForecastFrame,
  { series, target, known }: { readonly series: number; readonly target: number; readonly known: string },
): Line[] {
  const rows = rowsOf(frame, series);
  const x = frame.columns.time.subarray(...rows);
  const actual = frame.columns.actual[target]!.subarray(...rows);
  const ahead = frame.columns.forecast[target]!.subarray(...rows);
  const dots = x.length <= 120;
  const quantile = (level: number) =>
    joined(frame.columns.quantile[target]![level]!.subarray(...rows), actual);
  return [
    ...fanLines(x, frame.header.levels, quantile),
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
  /** [targets] ends of the widest interval; none without quantiles. */
  readonly ends: readonly (readonly [low: number, high: number])[];
}

/** Null without quantiles. */
export const widestBand = ({ header }: NewForecastFrame): Band | null => bandsOf(header.levels)[0] ?? null;

export function newForecastRows(frame: NewForecastFrame, series: number): ForecastRow[] {
  const { targets, horizon } = frame.header;
  const [, end] = rowsOf(frame, series);
  const band = widestBand(frame);
  return Array.from({ length: horizon }, (_, index) => {
    const row = end - horizon + index;
    return {
      step: index + 1,
      timeUs: frame.columns.time[row] ?? Number.NaN,
      values: targets.map((_name, target) => frame.columns.forecast[target]![row]!),
      ends:
        band === null ? [] : frame.columns.quantile.map((of) => [of[band.low]![row]!, of[band.high]![row]!]),
    };
  });
}

/** Microseconds between the last two rows. */
export function stepUsOf(frame: NewForecastFrame, series: number): number {
  const time = frame.columns.time.subarray(...rowsOf(frame, series));
  return (time.at(-1) ?? 0) - (time.at(-2) ?? 0);
}
