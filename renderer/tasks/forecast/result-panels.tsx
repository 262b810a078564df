// Below the chart of a result: error by step, the worst origins, and the scores of each series.
import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { ResultFrame, ResultHeader } from '../../../engine/contract/result.ts';
import { metricInfo } from '../../../engine/words/scores/metric-info.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import classes from '../../features/run/run-page.module.css';
import { colorOfSubject, MODEL } from '../../features/run/subjects.ts';
import { formatCount, formatDataTime, formatNumber } from '../../ui/format.ts';
import { Panel, TableScroll } from '../../ui/page.tsx';
import { ScoreValue } from '../../ui/score-value.tsx';
import { MOST_BASELINES, rankedBaselines } from './best-baselines.ts';

interface FrameProps {
  readonly frame: ResultFrame;
}

export function ErrorByStep({ frame }: FrameProps) {
  const catalogue = useCatalogue();
  const { errorByStep } = frame.header;
  const steps = Array.from({ length: errorByStep[0]?.errors.length ?? 0 }, (_, index) => index + 1);
  const lines = leading(errorByStep).map(({ subject, errors }) => ({
    id: subject,
    label: subject,
    color: colorOfSubject(subject, catalogue),
    x: steps,
    y: errors,
    dots: true,
    width: subject === MODEL ? 2 : 1.5,
  }));
  return (
    <Panel>
      <LinePlot
        title="Mean absolute error by steps ahead"
        lines={lines}
        height={220}
        xKind="count"
        xLabel="steps ahead"
        xDomain={[1, Math.max(2, steps.length)]}
        formatX={formatCount}
        formatY={formatNumber}
      />
    </Panel>
  );
}

/** The model, and the baselines with the smallest error over all steps. */
function leading(errors: ResultHeader['errorByStep']): ResultHeader['errorByStep'] {
  const sum = (errors: readonly number[]) => errors.reduce((total, error) => total + (error || 0), 0);
  const [model, ...baselines] = errors;
  const best = baselines.toSorted((a, b) => sum(a.errors) - sum(b.errors)).slice(0, MOST_BASELINES);
  return model ? [model, ...best] : best;
}

export function WorstOrigins({
  frame,
  onOrigin,
}: FrameProps & { readonly onOrigin: (origin: number) => void }) {
  const { worst, errorByStep } = frame.header;
  const known = errorByStep[0]?.errors.filter(Number.isFinite) ?? [];
  const typical = known.reduce((sum, error) => sum + error, 0) / known.length;
  return (
    <Panel title="Worst forecasts">
      <ol className={classes.worst}>
        {worst.map(({ origin, originUs, error }) => (
          <li key={origin}>
            <UnstyledButton className={classes.worstButton ?? ''} onClick={() => onOrigin(origin)}>
              <span className="num">{formatDataTime(originUs)}</span>
              <span className="muted num">
                error {formatNumber(error)}
                {typical > 0 && `, ${formatNumber(error / typical, 2)} times the mean`}
              </span>
              <IconChevronRight size={15} aria-hidden />
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

interface SeriesScoresProps extends FrameProps {
  /** The first metric of the task. */
  readonly metric: string | undefined;
  readonly onSeries: (name: string) => void;
}

/** Only where there are several: of one series they are the run's own. */
export function SeriesScores({ frame, metric, onSeries }: SeriesScoresProps) {
  const catalogue = useCatalogue();
  const { bySeries, series: shown } = frame.header;
  if (bySeries.length < 2 || metric === undefined) return null;
  const { label } = metricInfo(catalogue, metric);
  return (
    <Panel title="Scores by series" className={classes.wide ?? ''}>
      <TableScroll label="Scores by series">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Series</th>
              <th scope="col" className="num">
                Origins
              </th>
              <th scope="col" className="num">
                {label}
              </th>
              <th scope="col">Best baseline</th>
              <th scope="col" className="num">
                Its {label}
              </th>
              <th scope="col" className="num">
                Against it
              </th>
            </tr>
          </thead>
          <tbody>
            {bySeries.map(({ series, origins, scores }) => {
              const model = scores.find(
                (score) => score.subject === MODEL && score.metric === metric && score.target === null,
              );
              const [rival] = rankedBaselines(scores, { metric, catalogue });
              return (
                <tr key={series} aria-current={series === shown ? 'true' : undefined}>
                  <td>
                    <UnstyledButton className={classes.link ?? ''} onClick={() => onSeries(series)}>
                      {series}
                    </UnstyledButton>
                  </td>
                  <td className="num">{formatCount(origins)}</td>
                  <td className="num">
                    <ScoreValue metric={metric} value={model?.value} digits={5} />
                  </td>
                  <td>{rival?.subject ?? '–'}</td>
                  <td className="num">
                    <ScoreValue metric={metric} value={rival?.value} digits={5} />
                  </td>
                  <td className="num muted">{against(model?.value, rival?.value)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableScroll>
    </Panel>
  );
}

function against(value: number | undefined, rival: number | undefined): string {
  if (value === undefined || rival === undefined || !(rival > 0)) return '–';
  const change = (value / rival - 1) * 100;
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(1)} %`;
}
