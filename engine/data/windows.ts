// The windows of a split: the origins of each part. A window is two integers (series, origin row): its inputs are the `lookback`
// rows up to and including the origin, its targets the `horizon` rows after it.
//
// All targets of a window lie in its part. The look-back of validation and test windows may reach into the part before, so a
// part's first target is its first row. No window spans two series. Validation and test use every origin (stride 1).
import type { Evaluation } from '../contract/experiment.ts';
import type { Part, WindowSet } from './prepared.ts';
import type { PartRanges } from './split.ts';

export interface WindowOptions {
  readonly lookback: number;
  readonly horizon: number;
  /** Rows between the origins of neighbouring training windows. */
  readonly stride: number;
  /** Whether any target of that origin is known; training windows without one teach nothing and are left out. */
  hasKnownTarget(series: number, origin: number): boolean;
  /** Whether the origin is wanted, in any part. */
  isWanted(series: number, origin: number): boolean;
}

/** Windows of one part, series by series, in order of their origins. */
export function createWindowSet(
  part: Part,
  splits: readonly PartRanges[],
  options: WindowOptions,
): WindowSet {
  const series: number[] = [];
  const origins: number[] = [];
  const stride = part === 'train' ? options.stride : 1;
  splits.forEach((split, index) => {
    const { from, to } = split[part];
    const first = Math.max(from - 1, options.lookback - 1);
    for (let origin = first; origin + options.horizon < to; origin += stride) {
      if (!options.isWanted(index, origin)) continue;
      if (part === 'train' && !options.hasKnownTarget(index, origin)) continue;
      series.push(index);
      origins.push(origin);
    }
  });
  return { part, count: origins.length, series: Int32Array.from(series), origin: Int32Array.from(origins) };
}

/** The windows of the set that count: all, or all but the last partial batch of that size. */
export function scoredWindows(
  windows: Pick<WindowSet, 'part' | 'count'>,
  evaluation: Pick<Evaluation, 'dropPartialBatchOf'>,
): number {
  const size = evaluation.dropPartialBatchOf;
  if (windows.part !== 'test' || size === undefined) return windows.count;
  return windows.count - (windows.count % size);
}
