// Chooses which of several scores is marked as the best: one that leads by more than chance and that no other metric contradicts.

import type { Catalogue } from '../../contract/runs/catalogue.ts';
import { NOISE } from './baseline-check.ts';
import { decides, isBetter, metricInfo } from './metric-info.ts';

export interface Contender {
  /** What forecast: a run, or a baseline. */
  readonly key: string;
  readonly metric: string;
  readonly value: number;
}

/** What the marks mean, below a table. */
export const BEST_RULE = 'best: ahead by more than 1 %, and behind by no other metric';

/**
 * The best of contenders that were scored on the same cells. It is marked by a metric where it is ahead of every other by more than
 * 1 % and by more than `spread`, the difference that another seed makes; and by none where another contender is better by any metric.
 */
export function markBest<T extends Contender>(
  contenders: readonly T[],
  catalogue: Catalogue,
  spread: (metric: string) => number = () => 0,
): ReadonlySet<T> {
  const byMetric = Map.groupBy(contenders, ({ metric }) => metric);
  const deciding = [...byMetric].filter(([metric]) => decides(metricInfo(catalogue, metric)));
  const isBehind = (key: string): boolean =>
    deciding.some(([metric, rivals]) => {
      const own = rivals.find((rival) => rival.key === key);
      const info = metricInfo(catalogue, metric);
      return own === undefined || rivals.some(({ value }) => isBetter(info, value, own.value));
    });
  const leader = [...new Set(contenders.map(({ key }) => key))].find((key) => !isBehind(key));
  const marked = deciding.flatMap(([metric, rivals]) => {
    const own = rivals.find(({ key }) => key === leader);
    if (!own || Number.isNaN(own.value)) return [];
    const isAhead = rivals.every((rival) => rival === own || isAheadOf(own, rival, spread(metric)));
    return isAhead ? [own] : [];
  });
  return new Set(marked);
}

/** `own` is the better one already; a rival that is no number is behind. */
function isAheadOf(own: Contender, rival: Contender, spread: number): boolean {
  if (!Number.isFinite(rival.value)) return rival.value !== own.value;
  const lead = Math.abs(own.value - rival.value);
  return lead > spread && lead >= NOISE * Math.max(Math.abs(own.value), Math.abs(rival.value)) && lead > 0;
}
