// Which forecasts of a part are in no score, and why: the rules of the score keeper in words, for exports.
import type { Evaluation } from '../../../contract/experiment/experiment.ts';
import type { LeftOut, TrainingStatistics } from '../../../contract/results/forecast.ts';
import type { PreparedForecast } from '../../../data/prepared.ts';
import { scoredWindows } from '../../../data/windows.ts';
import type { ScoredPart } from '../../task-kind.ts';

export interface UnscoredReason {
  readonly reason: string;
  /** `step` from 1. */
  holds(window: number, step: number, target: number): boolean;
}

/** Those that hold for any forecast of the part. */
export function unscoredReasons(
  prepared: PreparedForecast,
  part: ScoredPart,
  { scale, dropPartialBatchOf }: Evaluation,
): UnscoredReason[] {
  const set = prepared.windows[part];
  const scored = scoredWindows(set, { dropPartialBatchOf });
  const seriesOf = (window: number) => prepared.series[set.series[window]!]!;
  const reasons: UnscoredReason[] = [];
  if (scored < set.count) {
    reasons.push({ reason: partialBatch(dropPartialBatchOf), holds: (window) => window >= scored });
  }
  if (prepared.series.some(({ actuals }) => actuals.some((values) => values.some(Number.isNaN)))) {
    reasons.push({
      reason: 'the true value is missing',
      holds: (window, step, target) =>
        Number.isNaN(seriesOf(window).actuals[target]![set.origin[window]! + step]!),
    });
  }
  if (scale === 'standardized' && prepared.series.some(({ trainStd }) => trainStd.includes(0))) {
    reasons.push({
      reason: 'the target is constant in training so it has no standardized score',
      holds: (window, _step, target) => seriesOf(window).trainStd[target] === 0,
    });
  }
  return reasons;
}

/** Stretches of origins without a window, and the windows that no score counts. */
export function leftOutOrigins(
  prepared: PreparedForecast,
  part: ScoredPart,
  { dropPartialBatchOf }: Evaluation,
): LeftOut[] {
  const set = prepared.windows[part];
  const timeOf = (series: number, row: number) => Number(prepared.series[series]!.times[row]);
  const never = set.leftOut.map(({ series, from, to, windows, reason }) => ({
    series: prepared.series[series]!.name,
    fromUs: timeOf(series, from),
    toUs: timeOf(series, to),
    windows,
    reason,
  }));
  const dropped = new Map<number, number[]>();
  for (let window = scoredWindows(set, { dropPartialBatchOf }); window < set.count; window += 1) {
    const series = set.series[window]!;
    dropped.set(series, [...(dropped.get(series) ?? []), set.origin[window]!]);
  }
  return [
    ...never,
    ...[...dropped].map(([series, origins]) => ({
      series: prepared.series[series]!.name,
      fromUs: timeOf(series, origins[0]!),
      toUs: timeOf(series, origins.at(-1)!),
      windows: origins.length,
      reason: partialBatch(dropPartialBatchOf),
    })),
  ];
}

const partialBatch = (size: number | undefined): string =>
  `the window is in the last partial batch of ${size} (evaluation.dropPartialBatchOf)`;

export function trainingStatistics({ series, targetNames }: PreparedForecast): TrainingStatistics[] {
  return series.flatMap(({ name, trainMean, trainStd }) =>
    targetNames.map((target, index) => ({
      series: name,
      target,
      mean: trainMean[index]!,
      deviation: trainStd[index]!,
    })),
  );
}
