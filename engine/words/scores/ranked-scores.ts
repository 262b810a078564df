// Scores of several subjects in the order of a table: the best by the leading metric first.
import type { Catalogue } from '../../contract/runs/catalogue.ts';
import { costOf, metricInfo } from './metric-info.ts';

interface ScoreOfMetric {
  readonly metric: string;
  readonly value: number;
}

/** Compares all scores of one subject with those of another by one metric: the better ones come first, those without a number last. */
export function byMetric(metric: string, catalogue: Catalogue) {
  const info = metricInfo(catalogue, metric);
  const cost = (own: readonly ScoreOfMetric[]): number => {
    const value = own.find((score) => score.metric === metric)?.value ?? Number.NaN;
    return Number.isFinite(value) ? costOf(info, value) : Number.POSITIVE_INFINITY;
  };
  return (a: readonly ScoreOfMetric[], b: readonly ScoreOfMetric[]): number =>
    cost(a) === cost(b) ? 0 : cost(a) - cost(b);
}

/** By the metric of the first one; the scores of a subject stay together and in their order. */
export function rankedScores<Score extends ScoreOfMetric & { readonly subject: string }>(
  scores: readonly Score[],
  catalogue: Catalogue,
): Score[] {
  const bySubject = [...Map.groupBy(scores, ({ subject }) => subject).values()];
  return bySubject.toSorted(byMetric(scores[0]?.metric ?? '', catalogue)).flat();
}
