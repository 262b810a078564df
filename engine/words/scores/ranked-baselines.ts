// Baselines in the order of their scores.
import type { Catalogue } from '../../contract/runs/catalogue.ts';
import type { Score } from '../../contract/runs/run.ts';
import { isBetter, metricInfo } from './metric-info.ts';

export interface Ranking {
  readonly metric: string;
  readonly catalogue: Catalogue;
}

/** Lines of more baselines than these hide each other. */
export const MOST_BASELINES = 3;

/** Scores of the baselines by that metric over all targets, the best first. */
export function rankedBaselines(scores: readonly Score[], { metric, catalogue }: Ranking): readonly Score[] {
  const info = metricInfo(catalogue, metric);
  const rank = (value: number, other: number): number =>
    isBetter(info, value, other) ? -1 : isBetter(info, other, value) ? 1 : 0;
  return scores
    .filter((score) => score.target === null && score.metric === metric && score.subject !== 'model')
    .toSorted((a, b) => rank(a.value, b.value));
}
