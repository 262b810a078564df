// From a frame of runs.forecastAt to lines of a chart. Pure.
import type { ForecastAtFrame } from '../../../engine/contract/forecast.ts';
import type { Line } from '../../charts/draw.ts';
import { SUBJECTS } from '../../features/run/subjects.ts';

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
  const { header, columns } = frame;
  const x = columns.time;
  const actual = columns.actual[target]!;
  const baseline = (id: string) => columns.baseline[target]![header.baselines.indexOf(id)];
  const few = x.length <= 120;
  return [
    { id: 'actual', label: 'actual', color: '--hc-actual', x, y: actual, dots: few },
    ...BASELINES.flatMap(({ id, label, color }): Line[] => {
      const ahead = baselines.includes(id) ? baseline(id) : undefined;
      return ahead ? [{ id, label, color, x, y: joined(ahead, actual), dash: [4, 3] }] : [];
    }),
    {
      id: 'forecast',
      label: 'forecast',
      color: '--hc-series-2',
      x,
      y: joined(columns.forecast[target]!, actual),
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
