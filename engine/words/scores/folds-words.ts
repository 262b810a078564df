// What the folds of backtests came to, in sentences.
import type { Catalogue } from '../../contract/runs/catalogue.ts';
import type { FoldIntervals, FoldsAnswer } from '../../contract/studies/folds.ts';
import { shareText } from '../share-text.ts';
import { metricInSentence, scoreFormat } from './metric-info.ts';

/** The subject of several backtests put together. */
export const TOGETHER = 'together';

interface Found {
  readonly means: FoldsAnswer['means'];
  readonly intervals: FoldIntervals | null;
  readonly folds: number;
  /** Folds that have intervals. */
  readonly judged: number;
  readonly levels: readonly [number, number];
  readonly catalogue: Catalogue;
}

export function foldsWords({ means, intervals, folds, judged, levels, catalogue }: Found): string[] {
  const [own] = means;
  if (!own) return [];
  const label = metricInSentence(catalogue, own.metric);
  const format = scoreFormat(catalogue, own.metric, (value) => String(Number(value.toPrecision(4))));
  const parts = means
    .filter(({ metric }) => metric === own.metric)
    .map(({ subject, value, deviation }) => {
      const spread = deviation === null ? '' : ` ± ${format(deviation)}`;
      return `${subject} ${format(value)}${spread}`;
    });
  return [
    `Mean test ${label} over ${folds} folds: ${parts.join(', ')}.`,
    intervalWords({ intervals, judged, levels }),
  ];
}

function intervalWords({
  intervals,
  judged,
  levels,
}: Pick<Found, 'intervals' | 'judged' | 'levels'>): string {
  const promised = shareText(levels[1] - levels[0]);
  if (intervals === null) {
    return `No intervals: the folds have too few errors at a step to calibrate intervals of ${promised} for a later one.`;
  }
  const where = judged === 1 ? '1 fold' : `${judged} folds`;
  return `Intervals of ${promised}, calibrated by the errors of the folds before, hold ${shareText(intervals.coverage)} of the true values of ${where}.`;
}
