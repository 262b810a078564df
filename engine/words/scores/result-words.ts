// What page, report and command line say of the forecasts of a run: how each series fares, which forecasts are worst, and by how much.

import type { SeriesScores, StepErrors, WorstOrigin } from '../../contract/results/forecast-errors.ts';
import type { Catalogue } from '../../contract/runs/catalogue.ts';
import type { Score } from '../../contract/runs/run.ts';
import { macroScores } from './macro-scores.ts';
import { costOf, isBetter, metricInfo, metricInSentence } from './metric-info.ts';
import { MOST_BASELINES, type Ranking, rankedBaselines } from './ranked-baselines.ts';

export const TITLES = {
  overTime: 'Actual and forecast',
  byStep: 'Mean absolute error by steps ahead',
  worst: 'Worst forecasts',
  bySeries: 'Scores by series',
} as const;

/** One series beside the best of its baselines. */
export interface SeriesRow {
  readonly series: string;
  readonly origins: number;
  readonly value: number | undefined;
  /** The best baseline that has a score. */
  readonly rival: Score | undefined;
  /** `+3.1 %` of the baseline's score. */
  readonly against: string;
  readonly isWorse: boolean;
}

/** By that metric over all targets; the worst series against its best baseline comes first, one without a score last. */
export function seriesRows(all: readonly SeriesScores[], ranking: Ranking): SeriesRow[] {
  const info = metricInfo(ranking.catalogue, ranking.metric);
  const rows = all.map(({ series, origins, scores }) => {
    const own = scores.find(
      ({ subject, metric, target }) => subject === 'model' && metric === ranking.metric && target === null,
    );
    const value = own && !Number.isNaN(own.value) ? own.value : undefined;
    // Of a series without a scored window no subject has a score.
    const rival = rankedBaselines(scores, ranking).find((score) => Number.isFinite(score.value));
    const isWorse = value !== undefined && rival !== undefined && isBetter(info, rival.value, value);
    return { series, origins, value, rival, isWorse, against: againstText(value, rival?.value) };
  });
  const disadvantage = ({ value, rival }: SeriesRow): number => {
    if (value === undefined || rival === undefined) return Number.NEGATIVE_INFINITY;
    const share = (costOf(info, value) - costOf(info, rival.value)) / Math.abs(rival.value);
    return Number.isNaN(share) ? Number.NEGATIVE_INFINITY : share;
  };
  // A difference of two infinities is no number.
  return rows.toSorted((a, b) =>
    disadvantage(a) < disadvantage(b) ? 1 : disadvantage(a) > disadvantage(b) ? -1 : 0,
  );
}

/** The macro mean over all series as a row of the same table; null where there is only one series. */
export function macroRow(all: readonly SeriesScores[], ranking: Ranking): SeriesRow | null {
  const scores = macroScores(all);
  const row = scores && seriesRows([scores], ranking)[0];
  return row ? { ...row, series: `mean over ${all.length.toLocaleString('en-US')} series` } : null;
}

/** `+3.1 %`: how far a score is above or below another. */
export function againstText(value: number | undefined, rival: number | undefined): string {
  if (value === undefined || rival === undefined || !(rival > 0) || !Number.isFinite(value)) return '–';
  const change = (value / rival - 1) * 100;
  return `${change > 0 ? '+' : change < 0 ? '−' : ''}${Math.abs(change).toFixed(1)} %`;
}

/** `Worse than the best baseline for 3 of 40 series by MAE.`; null where it is better for all. */
export function lostSeriesSentence(
  rows: readonly SeriesRow[],
  metric: string,
  catalogue: Catalogue,
): string | null {
  const lost = rows.filter(({ isWorse }) => isWorse).length;
  if (lost === 0) return null;
  const label = metricInSentence(catalogue, metric);
  return `Worse than the best baseline for ${lost.toLocaleString('en-US')} of ${rows.length.toLocaleString('en-US')} series by ${label}.`;
}

/** `error 8.00, 2.1 times the mean`; `errorByStep` begins with the model's. */
export function worstText(
  { error }: Pick<WorstOrigin, 'error'>,
  errorByStep: readonly StepErrors[],
  number: (value: number) => string,
): string {
  const known = errorByStep[0]?.errors.filter(Number.isFinite) ?? [];
  const mean = known.reduce((sum, one) => sum + one, 0) / known.length;
  return `error ${number(error)}${mean > 0 ? `, ${(error / mean).toFixed(1)} times the mean` : ''}`;
}

/** The model, and the baselines with the smallest error over all steps. */
export function leadingErrors(errors: readonly StepErrors[]): readonly StepErrors[] {
  const sum = (errors: readonly number[]) => errors.reduce((total, error) => total + (error || 0), 0);
  const [model, ...baselines] = errors;
  const best = baselines.toSorted((a, b) => sum(a.errors) - sum(b.errors)).slice(0, MOST_BASELINES);
  return model ? [model, ...best] : best;
}

/** `forecast 7 steps ahead` */
export const aheadText = (steps: number): string =>
  `forecast ${steps.toLocaleString('en-US')} ${steps === 1 ? 'step' : 'steps'} ahead`;
