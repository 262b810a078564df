// The scores of model and baselines in one table, with a sentence that sums them up.

import type { RunDetail, Score } from '../../contract/runs/run.ts';
import { CATALOGUE } from '../../evaluation/catalogue.ts';
import { isNoise, judge, lostScores, type Verdict } from '../../words/scores/baseline-check.ts';
import { BEST_RULE, markBest } from '../../words/scores/best-scores.ts';
import { metricInfo, metricInSentence, scoreFormat } from '../../words/scores/metric-info.ts';
import { unitOfScore } from '../units.ts';
import { escapeHtml } from './svg.ts';
import { number } from './text.ts';

const PARTS = ['validation', 'test'] as const;
const FROM = 'model';

/** How the model compares with the best baseline on the test part, by the task's first metric; empty without scores. */
export function resultSentence({ scores, configuration }: RunDetail, targets: readonly string[]): string {
  const { task, evaluation } = configuration;
  const verdict = judge(scores, { metric: task.metrics[0], unit: evaluation.scale }, CATALOGUE);
  if (verdict === null) return '';
  const { model, baseline } = verdict.headline;
  const label = metricInSentence(CATALOGUE, model.metric);
  const text = scoreFormat(CATALOGUE, model.metric, number);
  const unit = unitOfScore(model, targets);
  const inUnit = unit === '' ? '' : ` (${escapeHtml(unit)})`;
  const scored = `On the test part the model's ${label} is <b>${text(model.value)}</b>${inUnit}`;
  const rival = `the best baseline, ${escapeHtml(baseline.subject)} (${text(baseline.value)})`;
  const lost = lostSentence(verdict);
  const relation = `<b>${relationOf(model.value, baseline.value)}</b>`;
  return `<p class="result">${unbroken(`${scored}, ${relation} ${rival}.${lost}`)}</p>`;
}

/** No line ends between a number and its per cent. */
const unbroken = (sentence: string): string => sentence.replace(/(\d) %/g, '$1\u00a0%');

/** Above, a share is no longer read as one. */
const MANY_TIMES = 9;

function relationOf(value: number, baseline: number): string {
  if (isNoise(value, baseline)) return 'no better and no worse than';
  // There is no share of nothing, and none of a negative score.
  if (baseline <= 0) return `${value < baseline ? 'below' : 'above'} that of`;
  const change = value / baseline - 1;
  if (change > MANY_TIMES) return `${number(value / baseline)} times that of`;
  return `${Math.abs(100 * change).toFixed(1)} % ${change < 0 ? 'below' : 'above'} that of`;
}

/** Other metrics and targets by which a baseline is better; empty where there are none. */
function lostSentence({ outcome, lost }: Verdict): string {
  const text = lostScores(lost, number, CATALOGUE);
  return text === null ? '' : ` It is ${outcome === 'worse' ? 'also ' : ''}worse than ${escapeHtml(text)}.`;
}

/** One table of means, and one for each target where there are several. */
export function scoreTables(
  { scores, configuration, modelKind }: RunDetail,
  targets: readonly string[],
): string {
  const { metrics } = configuration.task;
  if (scores.length === 0) return '<p>The run has no scores.</p>';
  const groups = targets.length > 1 ? [null, ...targets] : [null];
  return groups
    .map((target) => {
      const shown = scores.filter((score) => score.target === target);
      if (shown.length === 0) return '';
      const title =
        targets.length === 1
          ? ''
          : `<h3>${target === null ? 'Mean over all targets' : escapeHtml(target)}</h3>`;
      const heads = metrics.map((metric) => `<th class="n">${metricInfo(CATALOGUE, metric).label}</th>`);
      const rows = PARTS.flatMap((part) => partRows(shown, part, { metrics, modelKind }));
      return `<div class="whole">${title}${unitsOf(shown, targets)}<table><thead><tr><th>Part</th><th>Scores of</th>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
    })
    .join('');
}

/** `MAE, RMSE in unit of close; MSE in (unit of close)^2` */
function unitsOf(scores: readonly Score[], targets: readonly string[]): string {
  const metricsByUnit = new Map<string, Set<string>>();
  for (const score of scores) {
    const unit = unitOfScore(score, targets);
    metricsByUnit.set(
      unit,
      (metricsByUnit.get(unit) ?? new Set()).add(metricInfo(CATALOGUE, score.metric).label),
    );
  }
  const phrases = [...metricsByUnit].map(([unit, metrics]) =>
    unit === '' ? [...metrics].join(', ') : `${[...metrics].join(', ')} in ${unit}`,
  );
  return `<p class="quiet">${escapeHtml(phrases.join('; '))}. Bold: ${BEST_RULE}.</p>`;
}

function partRows(
  scores: readonly Score[],
  part: Score['part'],
  { metrics, modelKind }: { readonly metrics: readonly string[]; readonly modelKind: string },
): string[] {
  const ofPart = scores.filter((score) => score.part === part);
  const subjects = [...new Set(ofPart.map(({ subject }) => subject))];
  const rivals = ofPart.map((score) => ({ ...score, key: score.subject }));
  const best = markBest(rivals, CATALOGUE);
  return subjects.map((subject, row) => {
    const cells = metrics.map((metric) => {
      const score = rivals.find((rival) => rival.subject === subject && rival.metric === metric);
      const isBest = score !== undefined && best.has(score);
      return `<td class="n${isBest ? ' best' : ''}">${score === undefined ? '–' : scoreFormat(CATALOGUE, metric, number)(score.value)}</td>`;
    });
    const name = subject === FROM ? `${modelKind} (this run)` : subject;
    return `<tr${row === 0 ? ' class="part"' : ''}><td>${row === 0 ? part : ''}</td><td>${escapeHtml(name)}</td>${cells.join('')}</tr>`;
  });
}
