// The forecasts of the compared runs put together into one, scored beside each of them. Made when it is asked for.
import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type EnsembleResult,
  type EnsembleWay,
  EnsembleWaySchema,
  MOST_MEMBERS,
} from '../../../engine/contract/ensemble.ts';
import type { RunSummary } from '../../../engine/contract/run.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keys } from '../../engine/queries.ts';
import classes from '../../features/compare/compare.module.css';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel, TableScroll } from '../../ui/page.tsx';
import { ScoreHead } from '../../ui/score-head.tsx';
import { ScoreValue } from '../../ui/score-value.tsx';

export const WAY_WORDS: Readonly<Record<EnsembleWay, string>> = {
  mean: 'Mean',
  median: 'Median',
  weights: 'Shares by validation',
};

/** Nothing where the runs are too few, or too many. */
export function EnsemblePanel({ runs }: { readonly runs: readonly RunSummary[] }) {
  const engine = useEngine();
  const [way, setWay] = useState<EnsembleWay>('mean');
  const [asked, setAsked] = useState('');
  const ids = runs.filter(({ state }) => state === 'completed').map(({ id }) => id);
  const key = ids.join();
  const { data, error, isFetching } = useQuery({
    queryKey: [...keys.runs, 'ensemble', key, way],
    queryFn: () => engine.runs.ensemble({ runs: ids, way }),
    enabled: asked === key && key !== '',
    retry: false,
  });
  if (ids.length < 2 || ids.length > MOST_MEMBERS) return null;
  return (
    <Panel title="Together">
      <div className={classes.together}>
        <SegmentedControl
          size="xs"
          aria-label="How the forecasts become one"
          data={EnsembleWaySchema.options.map((value) => ({ value, label: WAY_WORDS[value] }))}
          value={way}
          onChange={setWay}
        />
        <Button variant="default" size="xs" loading={isFetching} onClick={() => setAsked(key)}>
          Put the forecasts together
        </Button>
      </div>
      {error && <ErrorMessage error={error} />}
      {data && <EnsembleScores result={data} />}
    </Panel>
  );
}

function EnsembleScores({ result }: { readonly result: EnsembleResult }) {
  const { scores, members, words } = result;
  const metrics = [...new Set(scores.map(({ metric }) => metric))];
  const subjects = [...new Set(scores.map(({ subject }) => subject))];
  const memberOf = (subject: string) => members.find(({ run }) => subject === `run ${run}`);
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
                  <td>{member ? `${member.run} ${member.name}` : subject}</td>
                  {metrics.map((metric) => (
                    <td key={metric} className="num">
                      <ScoreValue
                        metric={metric}
                        value={scores.find((one) => one.subject === subject && one.metric === metric)?.value}
                        digits={5}
                      />
                    </td>
                  ))}
                  <td className="num">
                    {member && member.weight !== null ? `${(100 * member.weight).toFixed(1)} %` : ''}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableScroll>
    </>
  );
}
