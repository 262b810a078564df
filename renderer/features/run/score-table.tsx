// Scores of one part: a row for each subject and target, a column for each metric, and the difference from the first baseline.

import type { Score } from '../../../engine/contract/runs/run.ts';
import { BEST_RULE, markBest } from '../../../engine/words/scores/best-scores.ts';
import { metricInfo } from '../../../engine/words/scores/metric-info.ts';
import { skillSentence } from '../../../engine/words/scores/skill.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import { formatChange, plural } from '../../ui/format.ts';
import { TableScroll } from '../../ui/page.tsx';
import { ScoreHead } from '../../ui/score-head.tsx';
import { ScoreValue } from '../../ui/score-value.tsx';
import classes from './run-page.module.css';
import { MODEL, meaningOf } from './subjects.ts';

interface ScoreTableProps {
  readonly scores: readonly Score[];
  /** One of what they are counted over: `token`. */
  readonly scored: string;
}

export function ScoreTable({ scores, scored }: ScoreTableProps) {
  const catalogue = useCatalogue();
  const metrics = [...new Set(scores.map(({ metric }) => metric))];
  const subjects = [...new Set(scores.map(({ subject }) => subject))];
  const targets = [...new Set(scores.map(({ target }) => target))];
  const [first] = scores;
  const find = (subject: string, target: string | null, metric: string) =>
    scores.find((score) => score.subject === subject && score.target === target && score.metric === metric);
  const best = new Set(targets.flatMap((target) => [...bestOf(scores, target, catalogue)]));
  const reference = subjects.find((subject) => subject !== MODEL);
  const lead = metrics[0] ?? '';
  const hasUnit = metrics.some((metric) => metricInfo(catalogue, metric).unit !== 'none');
  return (
    <TableScroll label="Scores by metric">
      <table className="plain-table">
        <ScoreHead metrics={metrics} target={targets.length > 1}>
          {reference !== undefined && (
            <th scope="col" className="num">
              {metricInfo(catalogue, lead).label} against {reference}
            </th>
          )}
        </ScoreHead>
        <tbody>
          {targets.flatMap((target) =>
            subjects.map((subject) => (
              <tr key={`${subject} ${target}`}>
                <td
                  title={meaningOf(subject, catalogue)}
                  style={subject === MODEL ? { fontWeight: 600 } : undefined}
                >
                  {subject}
                </td>
                {targets.length > 1 && <td>{target ?? 'all'}</td>}
                {metrics.map((metric) => (
                  <ScoreCell
                    key={metric}
                    score={find(subject, target, metric)}
                    isBest={best.has(keyOf({ subject, target, metric }))}
                  />
                ))}
                {reference !== undefined && (
                  <td className="num muted">
                    {against(find(subject, target, lead), find(reference, target, lead))}
                  </td>
                )}
              </tr>
            )),
          )}
        </tbody>
        <caption className={classes.caption}>
          {captionOf(first, scored, hasUnit)} {skillSentence(scores, catalogue)}
        </caption>
      </table>
    </TableScroll>
  );
}

function captionOf(first: Score | undefined, scored: string, hasUnit: boolean): string {
  if (!first) return '';
  const unit =
    first.unit === 'standardized'
      ? 'In standard deviations of the training part, over'
      : hasUnit
        ? "In the column's own unit, over"
        : 'Over';
  return `${unit} ${plural(first.count, scored)}. A bold score is ${BEST_RULE}.`;
}

const keyOf = ({ subject, target, metric }: Pick<Score, 'subject' | 'target' | 'metric'>): string =>
  `${metric} ${target === null} ${target} ${subject}`;

function bestOf(
  scores: readonly Score[],
  target: string | null,
  catalogue: ReturnType<typeof useCatalogue>,
): string[] {
  const rivals = scores
    .filter((score) => score.target === target)
    .map((score) => ({ ...score, key: score.subject }));
  return [...markBest(rivals, catalogue)].map(keyOf);
}

function ScoreCell({ score, isBest }: { readonly score: Score | undefined; readonly isBest: boolean }) {
  return (
    <td className={`num ${isBest ? classes.best : ''}`}>
      <ScoreValue metric={score?.metric ?? null} value={score?.value} digits={5} />
      {isBest && <span className="visually-hidden"> (best)</span>}
    </td>
  );
}

function against(score: Score | undefined, reference: Score | undefined): string {
  if (!score || !reference || score === reference || !(reference.value > 0)) return '–';
  return formatChange(score.value / reference.value - 1);
}
