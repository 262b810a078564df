// How good it is: scores beside the baselines, and what the task shows of them.
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Score } from '../../../engine/contract/run.ts';
import type { RunTabProps } from '../../tasks/run-tab.ts';
import { screensOf } from '../../tasks/screens-of.ts';
import { formatNumber, plural } from '../../ui/format.ts';
import { EmptyState, Panel, Scroll, TableScroll } from '../../ui/page.tsx';
import { ScoreHead } from '../../ui/score-head.tsx';
import classes from './run-page.module.css';
import { SUBJECTS } from './subjects.ts';

type Part = 'test' | 'validation';

const PARTS = [
  { value: 'test', label: 'Test' },
  { value: 'validation', label: 'Validation' },
];

export function ScoresTab({ run }: RunTabProps) {
  const [part, setPart] = useState<Part>('test');
  const { ScoreCharts } = screensOf(run.configuration.task.kind);
  if (run.scores.length === 0) {
    return (
      <EmptyState title="No scores yet">
        They are made when the run ends, with the weights of its best epoch, beside baselines that need no
        training.
      </EmptyState>
    );
  }
  return (
    <>
      <div className={classes.controls}>
        <SegmentedControl
          aria-label="Part of the data"
          data={PARTS}
          value={part}
          onChange={(next) => setPart(next as Part)}
        />
      </div>
      <Scroll label="Scores">
        <div className={classes.charts}>
          <Panel className={classes.wide ?? ''} title={part === 'test' ? 'Test scores' : 'Validation scores'}>
            <ScoreTable scores={run.scores.filter((score) => score.part === part)} />
          </Panel>
          {ScoreCharts && <ScoreCharts run={run} part={part} />}
        </div>
      </Scroll>
    </>
  );
}

/** A row for each subject and target, a column for each metric; the smallest of each is marked. */
function ScoreTable({ scores }: { readonly scores: readonly Score[] }) {
  const metrics = [...new Set(scores.map(({ metric }) => metric))];
  const subjects = [...new Set(scores.map(({ subject }) => subject))];
  const targets = [...new Set(scores.map(({ target }) => target))];
  const [first] = scores;
  const find = (subject: string, target: string | null, metric: string) =>
    scores.find((score) => score.subject === subject && score.target === target && score.metric === metric);
  const best = (target: string | null, metric: string) =>
    Math.min(...subjects.map((subject) => find(subject, target, metric)?.value ?? Number.POSITIVE_INFINITY));
  return (
    <TableScroll label="Scores by metric">
      <table className="plain-table">
        <ScoreHead metrics={metrics} target={targets.length > 1}>
          <th scope="col" className="num">
            Against repeat
          </th>
        </ScoreHead>
        <tbody>
          {targets.flatMap((target) =>
            subjects.map((subject) => (
              <tr key={`${subject} ${target}`}>
                <td style={subject === 'model' ? { fontWeight: 600 } : undefined}>
                  {SUBJECTS[subject]?.label ?? subject}
                </td>
                {targets.length > 1 && <td>{target ?? 'all'}</td>}
                {metrics.map((metric) => {
                  const value = find(subject, target, metric)?.value;
                  const isBest = value !== undefined && value === best(target, metric);
                  return (
                    <td key={metric} className={`num ${isBest ? classes.best : ''}`}>
                      {formatNumber(value, 5)}
                      {isBest && <span className="visually-hidden"> (best)</span>}
                    </td>
                  );
                })}
                <td className="num muted">
                  {against(find(subject, target, metrics[0] ?? ''), find('repeat', target, metrics[0] ?? ''))}
                </td>
              </tr>
            )),
          )}
        </tbody>
        <caption className={classes.caption}>
          {first?.unit === 'standardized'
            ? 'In standard deviations of the training part'
            : "In the column's own unit"}
          {first && `, over ${plural(first.count, 'cell')}. Smaller is better.`}
        </caption>
      </table>
    </TableScroll>
  );
}

function against(score: Score | undefined, repeat: Score | undefined): string {
  if (!score || !repeat || score === repeat || !(repeat.value > 0)) return '–';
  const change = (score.value / repeat.value - 1) * 100;
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(1)} %`;
}
