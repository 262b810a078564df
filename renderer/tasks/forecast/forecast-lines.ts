// Turns a frame of runs.forecastAt into lines of a chart. Pure.

import type { ForecastAtFrame } from '../../../engine/contract/results/forecast.ts';
import type { Catalogue } from '../../../engine/contract/runs/catalogue.ts';
import { bandsOf } from '../../../engine/contract/tasks/quantiles.ts';
import type { Line } from '../../charts/draw.ts';
import { lookOfSubject } from '../../features/run/subjects.ts';

/** What was and came, the forecast with its intervals, and those baselines. The forecast begins where it was made, at the last known value. */
export function forecastLines(
  frame: ForecastAtFrame | undefined,
  target: number,
  { shown, catalogue }: { readonly shown: readonly string[]; readonly catalogue: Catalogue },
): Line[] {
  if (!frame) return [];
  const { header, columns } = frame;
  const x = columns.time;
  const actual = columns.actual[target]!;
  const baseline = (id: string) => columns.baseline[target]![header.baselines.indexOf(id)];
  const few = x.length <= 120;
  const fan = fanLines(x, header.levels, (level) => joined(columns.quantile[target]![level]!, actual));
  return [
    ...fan,
    { id: 'actual', label: 'actual', color: '--hc-actual', x, y: actual, dots: few },
    ...shown.flatMap((id): Line[] => {
      const ahead = baseline(id);
      const look = lookOfSubject(id, catalogue);
      return ahead ? [{ id, label: id, ...look, x, y: joined(ahead, actual) }] : [];
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

/** The intervals as bands, the widest first; the outermost one is named. */
export function fanLines(
  x: ArrayLike<number>,
  levels: readonly number[],
  quantile: (level: number) => ArrayLike<number>,
): Line[] {
  return bandsOf(levels).map(({ low, high, nominal }, index) => ({
    id: `band ${nominal}`,
    label: `${Number((100 * nominal).toFixed(1))} % interval`,
    color: '--hc-series-2',
    x,
    // No line in the middle: that is the forecast.
    y: new Float64Array(x.length).fill(Number.NaN),
    min: quantile(low),
    max: quantile(high),
    silent: index > 0,
  }));
}

/** The values ahead with the last known value before them, so that the line begins at the origin. */
export function joined(ahead: Float64Array, actual: Float64Array): Float64Array {
  const first = ahead.findIndex((value) => !Number.isNaN(value));
  if (first < 1) return ahead;
  const line = Float64Array.from(ahead);
  line[first - 1] = actual[first - 1] as number;
  return line;
}
