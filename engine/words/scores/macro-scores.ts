// The macro mean: the mean over the scores of the series, each weighing alike, where a pooled score is ruled by large series.
import type { SeriesScores } from '../../contract/results/forecast-errors.ts';
import type { Score } from '../../contract/runs/run.ts';

/** Scores of all series together, under the name '', as those of one series; null where there is only one. */
export function macroScores(all: readonly SeriesScores[]): SeriesScores | null {
  if (all.length < 2) return null;
  const scores = all.flatMap((one) => one.scores.map((score) => ({ ...score, series: one.series })));
  const cells = Map.groupBy(scores, ({ part, unit, metric, target, series }) =>
    JSON.stringify([part, unit, metric, target, series]),
  );
  // A series without any score is ignored; a forecaster that alone lacks a score of it is not.
  const scored = [...cells.values()]
    .filter((ofCell) => ofCell.some(({ value }) => !Number.isNaN(value)))
    .flat();
  const means = Map.groupBy(scored, ({ part, unit, metric, target, subject }) =>
    JSON.stringify([part, unit, metric, target, subject]),
  );
  return {
    series: '',
    origins: all.reduce((sum, { origins }) => sum + origins, 0),
    scores: [...means.values()].map(meanOf),
  };
}

function meanOf(scores: readonly Score[]): Score {
  const { part, subject, metric, unit, target } = scores[0]!;
  const sum = scores.reduce((total, { value }) => total + value, 0);
  const count = scores.reduce((total, one) => total + one.count, 0);
  return { part, subject, metric, unit, target, value: sum / scores.length, count };
}
