// The folds of the compared backtests side by side, their forecasts put together, and intervals that earlier folds calibrate. Made when it
// is asked for.
import type { EnsembleScore } from '../../../engine/contract/studies/ensemble.ts';
import type { FoldIntervals, FoldsAnswer } from '../../../engine/contract/studies/folds.ts';
import type { StudySummary } from '../../../engine/contract/studies/study.ts';
import { metricInSentence } from '../../../engine/words/scores/metric-info.ts';
import { shareCell } from '../../../engine/words/share-text.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import { formatCount, formatDataTime, formatNumber } from '../../ui/format.ts';
import { TableScroll } from '../../ui/page.tsx';
import { ScoreValue } from '../../ui/score-value.tsx';
import { TogetherPanel } from '../together-panel.tsx';

export function FoldsPanel({ studies }: { readonly studies: readonly StudySummary[] }) {
  const engine = useEngine();
  const ids = studies.map(({ id }) => id);
  const isSeveral = ids.length > 1;
  return (
    <TogetherPanel
      title="Folds"
      about={ids.join()}
      hasWay={isSeveral}
      action={isSeveral ? 'Put the backtests together' : 'Intervals from fold to fold'}
      doing={isSeveral ? 'Putting the backtests together' : 'Computing the intervals from fold to fold'}
      ask={(way, { signal }) => engine.studies.folds({ studies: ids, way }, { signal })}
    >
      {(answer) => <FoldTable answer={answer} />}
    </TogetherPanel>
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
      <td className="num">{intervals === null ? '–' : shareCell(intervals.coverage)}</td>
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
              {subjects.map((subject, index) => (
                <th key={subject} scope="col" className="num">
                  {index === 0 ? `${label}, ${subject}` : subject}
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
                <td className="nowrap">{fold.label}</td>
                <td>
                  <span className="nowrap">{formatDataTime(Number(fold.fromUs))} to</span>{' '}
                  <span className="nowrap">{formatDataTime(Number(fold.untilUs))}</span>
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
