// The windows of a split: the origins of each part. A window is two integers (series, origin row): its inputs are the `lookback`
// rows up to and including the origin, its targets the `horizon` rows after it.
//
// All targets of a window lie in its part. The look-back of validation and test windows may reach into the part before, so a
// part's first target is its first row. No window spans two series. Validation and test use every origin (stride 1).
import type { Evaluation } from '../contract/experiment/experiment.ts';
import type { LeftOutOrigins, Part, WindowSet } from './prepared.ts';
import type { PartRanges } from './split.ts';

export interface WindowOptions {
  readonly lookback: number;
  readonly horizon: number;
  /** Rows between the origins of neighbouring training windows. */
  readonly stride: number;
  /** Whether any target of that origin is known; training windows without one teach nothing and are left out. */
  hasKnownTarget(series: number, origin: number): boolean;
  /** Why the origin has no window in any part; null where it has one. */
  whyUnwanted(series: number, origin: number): string | null;
}

const NOTHING_KNOWN = 'no target value of its horizon is known';

/** Windows of one part, series by series, in order of their origins. */
export function createWindowSet(
  part: Part,
  splits: readonly PartRanges[],
  options: WindowOptions,
): WindowSet {
  const series: number[] = [];
  const origins: number[] = [];
  const leftOut: LeftOutOrigins[] = [];
  const stride = part === 'train' ? options.stride : 1;
  const reasonOf = (index: number, origin: number): string | null => {
    const unwanted = options.whyUnwanted(index, origin);
    if (unwanted !== null || part !== 'train') return unwanted;
    return options.hasKnownTarget(index, origin) ? null : NOTHING_KNOWN;
  };
  splits.forEach((split, index) => {
    const { from, to } = split[part];
    const first = Math.max(from - 1, options.lookback - 1);
    for (let origin = first; origin + options.horizon < to; origin += stride) {
      const reason = reasonOf(index, origin);
      if (reason === null) {
        series.push(index);
        origins.push(origin);
      } else {
        leaveOut(leftOut, { series: index, from: origin, to: origin, windows: 1, reason }, stride);
      }
    }
  });
  const count = origins.length;
  return { part, count, series: Int32Array.from(series), origin: Int32Array.from(origins), leftOut };
}

/** Adds an origin; one that continues the last stretch lengthens it. */
function leaveOut(list: LeftOutOrigins[], next: LeftOutOrigins, stride: number): void {
  const last = list.at(-1);
  const continues =
    last?.series === next.series && last.reason === next.reason && last.to + stride === next.from;
  if (continues) list[list.length - 1] = { ...last, to: next.to, windows: last.windows + 1 };
  else list.push(next);
}

/** Windows that were left out, added up by reason, the most frequent first. */
export function leftOutByReason(leftOut: readonly LeftOutOrigins[]): { reason: string; windows: number }[] {
  const sums = new Map<string, number>();
  for (const { reason, windows } of leftOut) sums.set(reason, (sums.get(reason) ?? 0) + windows);
  return [...sums]
    .map(([reason, windows]) => ({ reason, windows }))
    .toSorted((a, b) => b.windows - a.windows);
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
