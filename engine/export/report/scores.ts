// Scores of model and baselines beside each other, and what they come to in one sentence.
import type { RunDetail, Score } from '../../contract/run.ts';
import { unitOfScore } from '../units.ts';
import { escapeHtml } from './svg.ts';
import { number } from './text.ts';

const PARTS = ['validation', 'test'] as const;
const FROM = 'model';

/** How the model compares with the best baseline on the test part, by the task's first metric; empty without scores. */
export function resultSentence({ scores, configuration }: RunDetail, targets: readonly string[]): string {
  const metric = configuration.task.metrics[0]!;
  const ofTest = scores.filter(
    (score) => score.part === 'test' && score.target === null && score.metric === metric,
  );
  const model = ofTest.find(({ subject }) => subject === FROM);
  const others = ofTest.filter(({ subject, value }) => subject !== FROM && Number.isFinite(value));
  if (!model || others.length === 0) return '';
  const best = others.reduce((a, b) => (b.value < a.value ? b : a));
  const change = 1 - model.value / best.value;
  const share = `${Math.abs(100 * change).toFixed(1)} %`;
  const verdict =
    Math.abs(change) < 5e-4
      ? 'no better and no worse than'
      : `${share} ${change > 0 ? 'below' : 'above'} that of`;
  return `<p class="result">On the test part the model's ${metric.toUpperCase()} is <b>${number(model.value)}</b> (${escapeHtml(unitOfScore(model, targets))}), <b>${verdict}</b> the best baseline, ${escapeHtml(best.subject)} (${number(best.value)}).</p>`;
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
      const heads = metrics.map((metric) => `<th class="n">${metric.toUpperCase()}</th>`);
      const rows = PARTS.flatMap((part) => partRows(shown, part, { metrics, modelKind }));
      return `<div class="whole">${title}${unitsOf(shown, targets)}<table><thead><tr><th>Part</th><th>Forecast by</th>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
    })
    .join('');
}

/** `MAE, RMSE in unit of close; MSE in (unit of close)^2` */
function unitsOf(scores: readonly Score[], targets: readonly string[]): string {
  const metricsByUnit = new Map<string, Set<string>>();
  for (const score of scores) {
    const unit = unitOfScore(score, targets);
    metricsByUnit.set(unit, (metricsByUnit.get(unit) ?? new Set()).add(score.metric.toUpperCase()));
  }
  const phrases = [...metricsByUnit].map(([unit, metrics]) => `${[...metrics].join(', ')} in ${unit}`);
  return `<p class="quiet">${escapeHtml(phrases.join('; '))}. Lower is better; the best of each part is bold.</p>`;
}

function partRows(
  scores: readonly Score[],
  part: Score['part'],
  { metrics, modelKind }: { readonly metrics: readonly string[]; readonly modelKind: string },
): string[] {
  const ofPart = scores.filter((score) => score.part === part);
  const subjects = [...new Set(ofPart.map(({ subject }) => subject))];
  const best = metrics.map((metric) =>
    Math.min(...ofPart.filter((score) => score.metric === metric).map(({ value }) => value)),
  );
  return subjects.map((subject, row) => {
    const cells = metrics.map((metric, index) => {
      const value = ofPart.find((score) => score.subject === subject && score.metric === metric)?.value;
      return `<td class="n${value === best[index] ? ' best' : ''}">${value === undefined ? '–' : number(value)}</td>`;
    });
    const name = subject === FROM ? `${modelKind} (this run)` : subject;
    return `<tr${row === 0 ? ' class="part"' : ''}><td>${row === 0 ? part : ''}</td><td>${escapeHtml(name)}</td>${cells.join('')}</tr>`;
  });
}
