// Chooses the baselines that are drawn beside a model: those with the best scores. Pure.
import type { Catalogue } from '../../../engine/contract/catalogue.ts';
import type { RunDetail, Score } from '../../../engine/contract/run.ts';
import { isBetter, metricInfo } from '../../../engine/words/scores/metric-info.ts';
import { MODEL } from '../../features/run/subjects.ts';

/** Lines of more baselines than these hide each other. */
export const MOST_BASELINES = 3;

export interface Ranking {
  readonly part: Score['part'];
  readonly metric: string;
  readonly catalogue: Catalogue;
}

export function bestBaselines(
  { scores }: Pick<RunDetail, 'scores'>,
  { part, ...ranking }: Ranking,
): string[] {
  const ofPart = scores.filter((score) => score.part === part);
  return rankedBaselines(ofPart, ranking)
    .slice(0, MOST_BASELINES)
    .map(({ subject }) => subject);
}

/** Scores of the baselines by that metric over all targets, the best first. */
export function rankedBaselines(
  scores: readonly Score[],
  { metric, catalogue }: Omit<Ranking, 'part'>,
): readonly Score[] {
  const info = metricInfo(catalogue, metric);
  const rank = (value: number, other: number): number =>
    isBetter(info, value, other) ? -1 : isBetter(info, other, value) ? 1 : 0;
  return scores
    .filter((score) => score.target === null && score.metric === metric && score.subject !== MODEL)
    .toSorted((a, b) => rank(a.value, b.value));
}
