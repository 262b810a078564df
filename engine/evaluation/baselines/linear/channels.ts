// The channels of a linear map: one for each series and target that varies, scaled, with gaps bridged. And the runs of
// consecutive origins.
import type { BaselineData } from '../baseline.ts';
import { lastKnownValues } from '../baseline.ts';
import type { OriginRange } from './normal-equations.ts';

export interface Channel {
  readonly series: number;
  /** [rows] The last known value at or before each row, less the training mean, in training deviations. */
  readonly known: Float64Array;
  /** [rows] The same with gaps bridged by straight lines: what came. For estimating only, never read to forecast. */
  readonly ahead: Float64Array;
}

export function channelsOf({ series }: BaselineData): Channel[] {
  return series.flatMap((one, index) => {
    const lasts = lastKnownValues(one);
    return one.actuals.flatMap((actuals, target) => {
      const std = one.trainStd[target]!;
      if (std === 0) return [];
      const scale = (value: number): number => (value - one.trainMean[target]!) / std;
      const known = lasts[target]!.map(scale);
      return [{ series: index, known, ahead: bridged(actuals.map(scale), known) }];
    });
  });
}

/** Missing values as straight lines between their known neighbours; those behind the last one repeat it. */
function bridged(values: Float64Array, known: Float64Array): Float64Array {
  const out = values.slice();
  let before = -1;
  for (let row = 0; row < values.length; row += 1) {
    if (Number.isNaN(values[row])) {
      out[row] = known[row]!;
      continue;
    }
    for (let gap = before + 1; gap < row && before >= 0; gap += 1) {
      out[gap] = values[before]! + ((values[row]! - values[before]!) * (gap - before)) / (row - before);
    }
    before = row;
  }
  return out;
}

/** By series: its origins in `part` as runs of neighbours; origins up to `stride` rows apart are of one run. */
export function originRuns(
  { series, windows }: BaselineData,
  part: 'train' | 'validation',
  stride: number,
): OriginRange[][] {
  const runs: { from: number; to: number }[][] = series.map(() => []);
  const set = windows[part];
  for (let window = 0; window < set.count; window += 1) {
    const own = runs[set.series[window]!]!;
    const origin = set.origin[window]!;
    const last = own.at(-1);
    if (last && origin - last.to <= stride) last.to = origin;
    else own.push({ from: origin, to: origin });
  }
  return runs;
}
