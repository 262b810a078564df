// The folds of the compared backtests side by side, their forecasts put together, and intervals that earlier folds calibrate. Made when it
// is asked for.
import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type EnsembleScore,
  type EnsembleWay,
  EnsembleWaySchema,
} from '../../../engine/contract/ensemble.ts';
import type { FoldIntervals, FoldsAnswer } from '../../../engine/contract/folds.ts';
import type { StudySummary } from '../../../engine/contract/study.ts';
import { metricInSentence } from '../../../engine/words/scores/metric-info.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keys } from '../../engine/queries.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import classes from '../../features/compare/compare.module.css';
import { formatCount, formatDataTime, formatNumber } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel, TableScroll } from '../../ui/page.tsx';
import { ScoreValue } from '../../ui/score-value.tsx';
import { WAY_WORDS } from './ensemble-panel.tsx';

export function FoldsPanel({ studies }: { readonly studies: readonly StudySummary[] }) {
  const engine = useEngine();
  const [way, setWay] = useState<EnsembleWay>('mean');
  const [asked, setAsked] = useState('');
  const ids = studies.map(({ id }) => id);
  const key = studies.map(({ id, runs, open }) => `${id} ${runs.length} ${open}`).join();
  const { data, error, isFetching } = useQuery({
    queryKey: [...keys.runs, 'folds', key, way],
    queryFn: () => engine.studies.folds({ studies: ids, way }),
    enabled: asked === key,
    retry: false,
  });
  return (
    <Panel title="Folds">
      <div className={classes.together}>
        {ids.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="How the forecasts become one"
            data={EnsembleWaySchema.options.map((value) => ({ value, label: WAY_WORDS[value] }))}
            value={way}
            onChange={setWay}
          />
        )}
        <Button variant="default" size="xs" loading={isFetching} onClick={() => setAsked(key)}>
          {ids.length > 1 ? 'Put the backtests together' : 'Intervals from fold to fold'}
        </Button>
      </div>
      {error && <ErrorMessage error={error} />}
      {data && <FoldTable answer={data} />}
    </Panel>
  );
}

function FoldTable({ answer }: { readonly answer: FoldsAnswer }) {
  const catalogue = useCatalogue();
  const metric = answer.means[0]?.metric ?? '';
  const subjects = answer.means.filter((score) => score.metric === metric).map(({ subject }) => subject);
  const label = metricInSentence(catalogue, metric);
  const row = (scores: readonly EnsembleScore[], intervals: FoldIntervals | null) => (
    <>
      {subjects.map((subject) => (
        <td key={subject} className="num">
          <ScoreValue
            metric={metric}
            value={scores.find((one) => one.subject === subject && one.metric === metric)?.value}
            digits={5}
          />
        </td>
      ))}
      <td className="num">{intervals === null ? '–' : `${(100 * intervals.coverage).toFixed(1)} %`}</td>
      <td className="num">{intervals === null ? '–' : formatNumber(intervals.width)}</td>
    </>
  );
  return (
    <>
      {answer.words.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <TableScroll label={`Test ${label} of each fold`}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Fold</th>
              <th scope="col">Origins</th>
              <th scope="col" className="num">
                Windows
              </th>
              {subjects.map((subject) => (
                <th key={subject} scope="col" className="num">
                  {label}, {subject}
                </th>
              ))}
              <th scope="col" className="num">
                Inside
              </th>
              <th scope="col" className="num">
                Width
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.folds.map((fold) => (
              <tr key={fold.label}>
                <td>{fold.label}</td>
                <td>
                  {formatDataTime(Number(fold.fromUs))} to {formatDataTime(Number(fold.untilUs))}
                </td>
                <td className="num">{formatCount(fold.windows)}</td>
                {row(fold.scores, fold.intervals)}
              </tr>
            ))}
            <tr>
              <td>mean</td>
              <td />
              <td />
              {row(answer.means, answer.intervals)}
            </tr>
          </tbody>
        </table>
      </TableScroll>
    </>
  );
}
