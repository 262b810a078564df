// Scores of several subjects in the order of a table: the best by the leading metric first.
import type { Catalogue } from '../../contract/runs/catalogue.ts';
import { costOf, metricInfo } from './metric-info.ts';

interface ScoreOfSubject {
  readonly subject: string;
  readonly metric: string;
  readonly value: number;
}

/** The scores of a subject stay together and in their order; one without a number of the leading metric, the first one, comes last. */
export function rankedScores<Score extends ScoreOfSubject>(
  scores: readonly Score[],
  catalogue: Catalogue,
): Score[] {
  const leading = scores[0]?.metric ?? '';
  const info = metricInfo(catalogue, leading);
  const cost = (own: readonly Score[]): number => {
    const value = own.find(({ metric }) => metric === leading)?.value ?? Number.NaN;
    return Number.isFinite(value) ? costOf(info, value) : Number.POSITIVE_INFINITY;
  };
  const bySubject = [...Map.groupBy(scores, ({ subject }) => subject).values()];
  return bySubject.toSorted((a, b) => (cost(a) === cost(b) ? 0 : cost(a) - cost(b))).flat();
}
