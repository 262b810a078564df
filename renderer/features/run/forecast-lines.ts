// From a frame of runs.forecastAt to lines of a chart. Pure.
import type { Frame } from '../../../engine/contract/frame.ts';
import type { ForecastAtHeader } from '../../../engine/contract/views.ts';
import type { Line } from '../../charts/draw.ts';
import { SUBJECTS } from './subjects.ts';

export type ForecastAtFrame = Frame<ForecastAtHeader>;

export const BASELINES = Object.entries(SUBJECTS)
  .filter(([id]) => id !== 'model')
  .map(([id, subject]) => ({ id, ...subject }));

/** What was and came, the forecast, and those baselines. The forecast begins where it was made, at the last known value. */
export function forecastLines(
  frame: ForecastAtFrame | undefined,
  target: number,
  baselines: readonly string[],
): Line[] {
  if (!frame) return [];
  const { columns } = frame;
  const x = columns.time as Float64Array;
  const actual = columns[`${target}.actual`] as Float64Array;
  const from = (name: string): Float64Array => joined(columns[`${target}.${name}`] as Float64Array, actual);
  const few = x.length <= 120;
  return [
    { id: 'actual', label: 'actual', color: '--hc-actual', x, y: actual, dots: few },
    ...BASELINES.filter(({ id }) => baselines.includes(id) && columns[`${target}.${id}`]).map(
      ({ id, label, color }): Line => ({
        id,
        label,
        color,
        x,
        y: from(id),
        dash: [4, 3],
      }),
    ),
    {
      id: 'forecast',
      label: 'forecast',
      color: '--hc-series-2',
      x,
      y: from('forecast'),
      width: 2,
      dots: few,
    },
  ];
}

/** The values ahead with the last known value before them, so that the line begins at the origin. */
export function joined(ahead: Float64Array, actual: Float64Array): Float64Array {
  const first = ahead.findIndex((value) => !Number.isNaN(value));
  if (first < 1) return ahead;
  const line = Float64Array.from(ahead);
  line[first - 1] = actual[first - 1] as number;
  return line;
}
