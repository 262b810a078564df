// Skill: 1 − error / error of the best baseline. 0 is as good as it, 1 is perfect, below 0 is worse.
import type { Catalogue } from '../../contract/runs/catalogue.ts';
import type { Score } from '../../contract/runs/run.ts';
import { metricInfo, metricInSentence } from './metric-info.ts';
import { rankedBaselines } from './ranked-baselines.ts';

type Scored = Pick<Score, 'metric' | 'value'>;

/** Null where a skill means nothing: of a metric that is no error, against an error of 0, without numbers. */
export function skillOf(model: Scored, baseline: Scored, catalogue: Catalogue): number | null {
  const isError = metricInfo(catalogue, model.metric).better === 'lower';
  if (!isError || !(baseline.value > 0) || !Number.isFinite(baseline.value) || !Number.isFinite(model.value))
    return null;
  return 1 - model.value / baseline.value;
}

/** `0.127`, `−0.031` */
export const skillText = (skill: number): string =>
  `${skill <= -0.0005 ? '−' : ''}${Math.abs(skill).toFixed(3)}`;

const RULE = '1 − error / error of the best baseline';

/** Of scores of one part, by their first metric over all targets: `Skill by MAE 0.127 against linear: 1 - ...`; null where there is none. */
export function skillSentence(scores: readonly Score[], catalogue: Catalogue): string | null {
  const model = scores.find(({ subject, target }) => subject === 'model' && target === null);
  if (model === undefined) return null;
  const baseline = rankedBaselines(
    scores.filter(({ unit }) => unit === model.unit),
    { metric: model.metric, catalogue },
  ).find(({ value }) => Number.isFinite(value));
  const skill = baseline ? skillOf(model, baseline, catalogue) : null;
  if (!baseline || skill === null) return null;
  const label = metricInSentence(catalogue, model.metric);
  return `Skill by ${label} ${skillText(skill)} against ${baseline.subject}: ${RULE}.`;
}

interface ComparedScore extends Scored {
  readonly subject: string;
  readonly unit: string;
  readonly name: string;
}

/** Of runs under one protocol: `Skill by MAE: 3 lstm 0.127, 4 gru 0.101 (1 - ...)`; null where none has one. */
export function comparedSkills(rows: readonly ComparedScore[], catalogue: Catalogue): string | null {
  const metric = rows[0]?.metric;
  const ofMetric = rows.filter((row) => row.metric === metric);
  const skills = ofMetric.flatMap((row) => {
    if (row.subject !== 'model') return [];
    const rivals = ofMetric.filter(({ subject, unit }) => subject !== 'model' && unit === row.unit);
    const best = rivals
      .filter(({ value }) => Number.isFinite(value))
      .toSorted((a, b) => a.value - b.value)[0];
    const skill = best ? skillOf(row, best, catalogue) : null;
    return skill === null ? [] : [`${row.name} ${skillText(skill)}`];
  });
  if (metric === undefined || skills.length === 0) return null;
  return `Skill by ${metricInSentence(catalogue, metric)}: ${skills.join(', ')} (${RULE}).`;
}
