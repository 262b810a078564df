// Targets that the validation loss leaves out. A scaling step divides by the spread in training; a target that is constant there
// has none and stays in its raw unit. Were it to vary later, its raw errors would outweigh the scaled ones of all others and choose
// the best epoch. In the training loss it stays: there its scaled value is 0 in any unit.
import type { UnscaledChannel } from '../../../data/pipeline/pipeline.ts';
import type { PreparedForecast, PreparedSeries, SeriesTarget, WindowSet } from '../../../data/prepared.ts';

export interface JudgedData {
  readonly targets: readonly string[];
  readonly horizon: number;
  readonly series: readonly PreparedSeries[];
  readonly validation: WindowSet;
  readonly unscaled: readonly UnscaledChannel[];
}

/** None where no known value would be left to judge by: all errors have the same unit then. */
export function unjudgedTargets(data: JudgedData): SeriesTarget[] {
  const { targets, series, unscaled } = data;
  const unjudged = series.flatMap(({ name }, index) =>
    targets.flatMap((column, target) =>
      unscaled.some((one) => one.channel === column && (one.series ?? name) === name)
        ? [{ series: index, target }]
        : [],
    ),
  );
  return unjudged.length > 0 && isAnyJudged(data, unjudged) ? unjudged : [];
}

function isAnyJudged(
  { series, validation, targets, horizon }: JudgedData,
  unjudged: readonly SeriesTarget[],
): boolean {
  const isLeftOut = leftOutBySeries(unjudged, targets.length);
  for (let window = 0; window < validation.count; window += 1) {
    const index = validation.series[window]!;
    const first = validation.origin[window]! + 1;
    const { actuals } = series[index]!;
    const isKnown = actuals.some(
      (values, target) =>
        !isLeftOut.get(index)?.[target] &&
        values.subarray(first, first + horizon).some((value) => !Number.isNaN(value)),
    );
    if (isKnown) return true;
  }
  return false;
}

/** By index of the series: [targets] whether the target is left out. */
function leftOutBySeries(unjudged: readonly SeriesTarget[], width: number): Map<number, boolean[]> {
  const bySeries = new Map<number, boolean[]>();
  for (const { series, target } of unjudged) {
    const own = bySeries.get(series) ?? Array.from({ length: width }, () => false);
    own[target] = true;
    bySeries.set(series, own);
  }
  return bySeries;
}

type Judged = Pick<PreparedForecast, 'unjudged' | 'targetNames' | 'horizon'>;

/** Sets 0 in the mask [windows, horizon, targets] of these windows wherever the target is left out. */
export function createJudgingMask({ unjudged = [], targetNames, horizon }: Judged) {
  const width = targetNames.length;
  const isLeftOut = leftOutBySeries(unjudged, width);
  return (set: Pick<WindowSet, 'series'>, indices: ArrayLike<number>, mask: Float32Array): void => {
    if (isLeftOut.size === 0) return;
    for (let index = 0; index < indices.length; index += 1) {
      const own = isLeftOut.get(set.series[indices[index]!]!);
      if (own === undefined) continue;
      const start = index * horizon * width;
      for (let cell = 0; cell < horizon * width; cell += 1) if (own[cell % width]) mask[start + cell] = 0;
    }
  };
}
