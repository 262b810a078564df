// The compared runs put together into one, scored beside each of them. Made when it is asked for.

import type { ReactNode } from 'react';
import type { RunSummary } from '../../engine/contract/runs/run.ts';
import {
  ENSEMBLE,
  type EnsembleResult,
  MOST_MEMBERS,
  memberSubject,
} from '../../engine/contract/studies/ensemble.ts';
import { shareCell } from '../../engine/words/share-text.ts';
import { useEngine } from '../engine/engine-context.tsx';
import { TableScroll } from '../ui/page.tsx';
import { ScoreHead } from '../ui/score-head.tsx';
import { ScoreValue } from '../ui/score-value.tsx';
import { TogetherPanel } from './together-panel.tsx';

interface EnsemblePanelProps {
  readonly runs: readonly RunSummary[];
  /** What is put together: `forecasts`. */
  readonly of: string;
  /** There is more than one way to do it. */
  readonly hasWay: boolean;
  /** What the engine counts while it works: `texts`. */
  readonly counted?: string;
  /** Below the scores: to ask the ensemble something. */
  readonly tryIt?: (members: readonly RunSummary[]) => ReactNode;
}

/** Nothing where the runs are too few, or too many. */
export function EnsemblePanel({ runs, of, hasWay, counted, tryIt }: EnsemblePanelProps) {
  const engine = useEngine();
  const members = runs.filter(({ state }) => state === 'completed');
  const ids = members.map(({ id }) => id);
  if (ids.length < 2 || ids.length > MOST_MEMBERS) return null;
  return (
    <TogetherPanel
      title="Together"
      about={ids.join()}
      hasWay={hasWay}
      action={`Put the ${of} together`}
      doing={`Putting the ${of} together`}
      {...(counted !== undefined && { counted })}
      ask={(way, { signal, watch }) => engine.runs.ensemble({ runs: ids, way, watch }, { signal })}
    >
      {(result) => (
        <>
          <EnsembleScores result={result} />
          {tryIt?.(members)}
        </>
      )}
    </TogetherPanel>
  );
}

function EnsembleScores({ result }: { readonly result: EnsembleResult }) {
  const { scores, members, words } = result;
  const metrics = [...new Set(scores.map(({ metric }) => metric))];
  const subjects = [...new Set(scores.map(({ subject }) => subject))];
  const memberOf = (subject: string) => members.find(({ run }) => subject === memberSubject(run));
  return (
    <>
      {words.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <TableScroll label="Scores of the ensemble">
        <table className="plain-table">
          <ScoreHead metrics={metrics}>
            <th scope="col" className="num">
              Share
            </th>
          </ScoreHead>
          <tbody>
            {subjects.map((subject) => {
              const member = memberOf(subject);
              return (
                <tr key={subject}>
                  <td>
                    {member && `${member.run} ${member.name}`}
                    {!member &&
                      (subject === ENSEMBLE ? <b>ensemble</b> : <span className="muted">{subject}</span>)}
                  </td>
                  {metrics.map((metric) => (
                    <td key={metric} className="num">
                      <ScoreValue
                        metric={metric}
                        value={scores.find((one) => one.subject === subject && one.metric === metric)?.value}
                        digits={5}
                      />
                    </td>
                  ))}
                  <td className="num">{member && member.weight !== null ? shareCell(member.weight) : ''}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableScroll>
    </>
  );
}
