// Chooses the baselines that are drawn beside a model: those with the best scores. Pure.
import type { RunDetail, Score } from '../../../engine/contract/runs/run.ts';
import {
  MOST_BASELINES,
  type Ranking,
  rankedBaselines,
} from '../../../engine/words/scores/ranked-baselines.ts';

export interface PartRanking extends Ranking {
  readonly part: Score['part'];
}

export function bestBaselines(
  { scores }: Pick<RunDetail, 'scores'>,
  { part, ...ranking }: PartRanking,
): string[] {
  const ofPart = scores.filter((score) => score.part === part);
  return rankedBaselines(ofPart, ranking)
    .slice(0, MOST_BASELINES)
    .map(({ subject }) => subject);
}
