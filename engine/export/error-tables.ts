// Errors by steps ahead and scores by series, as tables.
import type { HorizonErrors, SeriesScores } from '../contract/results/forecast-errors.ts';
import type { IntervalResult } from '../contract/results/intervals.ts';
import type { Score } from '../contract/runs/run.ts';
import { macroScores } from '../words/scores/macro-scores.ts';
import { field, number } from './csv-text.ts';
import { unitOfScore } from './units.ts';

export interface TableOf {
  readonly part: Score['part'];
  /** Names of all targets, for means over them. */
  readonly targets: readonly string[];
}

/** Lines of `part,subject,metric,target,step,value,unit,count`; an empty target is the mean over all. */
export function errorsByStepCsv({ subjects, unit }: HorizonErrors, { part, targets }: TableOf): string[] {
  const lines = subjects.flatMap(({ subject, target, byStep, counts }) =>
    Object.entries(byStep).flatMap(([metric, values]) => {
      const before = [part, field(subject), metric, field(target ?? '')];
      const named = field(unitOfScore({ metric, unit, target }, targets));
      return values.map((value, index) =>
        [...before, index + 1, number(value), named, counts[index] ?? ''].join(','),
      );
    }),
  );
  return ['part,subject,metric,target,step,value,unit,count', ...lines];
}

/** Lines of `part,series,origins,subject,metric,target,value,unit,count`; an empty target is the mean over all. */
export function scoresBySeriesCsv(all: readonly SeriesScores[], { part, targets }: TableOf): string[] {
  const lines = all.flatMap(({ series, origins, scores }) =>
    scores.map((score) =>
      [
        part,
        field(series),
        origins,
        field(score.subject),
        score.metric,
        field(score.target ?? ''),
        number(score.value),
        field(unitOfScore(score, targets)),
        score.count,
      ].join(','),
    ),
  );
  return ['part,series,origins,subject,metric,target,value,unit,count', ...lines];
}

/** Lines of `part,subject,metric,target,value,unit,count`; an empty target is the mean over all. */
export function scoreLines(scores: readonly Score[], targets: readonly string[]): string[] {
  const lines = scores.map((score) => {
    const { part, subject, metric, target, value, count } = score;
    const unit = field(unitOfScore(score, targets));
    return [part, field(subject), metric, field(target ?? ''), number(value), unit, count].join(',');
  });
  return ['part,subject,metric,target,value,unit,count', ...lines];
}

/** As `scoreLines`: means over the scores of the series; null where there is only one series. */
export function macroScoresCsv(all: readonly SeriesScores[], { targets }: TableOf): string[] | null {
  const macro = macroScores(all);
  if (macro === null) return null;
  return scoreLines(macro.scores, targets);
}

/** Lines of `part,subject,promised,coverage,width,crps,count`: how many of the true values each interval holds, and how wide it is. */
export function intervalsCsv({ part, subjects }: Pick<IntervalResult, 'part' | 'subjects'>): string[] {
  const lines = subjects.flatMap(({ subject, bands, crps, count }) =>
    bands.map(({ nominal, coverage, width }) =>
      [part, field(subject), nominal, number(coverage), number(width), number(crps), count].join(','),
    ),
  );
  return ['part,subject,promised,coverage,width,crps,count', ...lines];
}

/** Lines of `part,subject,level,below`: the share of the true values at or below the quantile of each level. */
export function calibrationCsv({ part, subjects, levels }: Omit<IntervalResult, 'runId'>): string[] {
  const lines = subjects.flatMap(({ subject, below }) =>
    levels.map((level, at) => [part, field(subject), level, number(below[at]!)].join(',')),
  );
  return ['part,subject,level,below', ...lines];
}
