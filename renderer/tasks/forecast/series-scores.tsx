// The scores of each series beside its best baseline, by any metric of the run; the worst first, some at a time.
import { Button, SegmentedControl, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ResultFrame } from '../../../engine/contract/results/result.ts';
import { metricInfo } from '../../../engine/words/scores/metric-info.ts';
import {
  lostSeriesSentence,
  macroRow,
  type SeriesRow,
  seriesRows,
  TITLES,
} from '../../../engine/words/scores/result-words.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import classes from '../../features/run/run-page.module.css';
import { formatCount } from '../../ui/format.ts';
import { Panel, TableScroll } from '../../ui/page.tsx';
import { ScoreValue } from '../../ui/score-value.tsx';

const FIRST_SHOWN = 20;

interface SeriesScoresProps {
  readonly frame: ResultFrame;
  /** Of the task, in its order. */
  readonly metrics: readonly string[];
  readonly controls?: ReactNode;
  readonly onSeries: (name: string) => void;
}

/** Only where there are several: of one series they are the run's own. */
export function SeriesScores({ frame, metrics, controls, onSeries }: SeriesScoresProps) {
  const catalogue = useCatalogue();
  const [chosen, setChosen] = useState<string | null>(null);
  const [showsAll, setShowsAll] = useState(false);
  const { bySeries, series: current } = frame.header;
  const metric = chosen ?? metrics[0];
  if (bySeries.length < 2 || metric === undefined) return null;
  const rows = seriesRows(bySeries, { metric, catalogue });
  const macro = macroRow(bySeries, { metric, catalogue });
  const shown = showsAll ? rows : rows.slice(0, FIRST_SHOWN);
  const left = rows.length - shown.length;
  const lost = lostSeriesSentence(rows, metric, catalogue);
  return (
    <Panel title={TITLES.bySeries} className={classes.wide ?? ''} actions={controls}>
      {metrics.length > 1 && (
        <SegmentedControl
          aria-label="Metric of the scores by series"
          data={metrics.map((name) => ({ value: name, label: metricInfo(catalogue, name).label }))}
          value={metric}
          onChange={setChosen}
          mb={8}
        />
      )}
      <TableScroll label={TITLES.bySeries}>
        <table className="plain-table">
          <SeriesHead label={metricInfo(catalogue, metric).label} />
          <tbody>
            {macro && <SeriesLine row={macro} metric={metric} isCurrent={false} onSeries={null} />}
            {shown.map((row) => (
              <SeriesLine
                key={row.series}
                row={row}
                metric={metric}
                isCurrent={row.series === current}
                onSeries={onSeries}
              />
            ))}
          </tbody>
          <caption className={classes.caption}>
            {lost ?? 'Better than the best baseline for every series.'}
          </caption>
        </table>
      </TableScroll>
      {left > 0 && (
        <Button variant="subtle" size="compact-xs" onClick={() => setShowsAll(true)}>
          {formatCount(left)} more series
        </Button>
      )}
    </Panel>
  );
}

function SeriesHead({ label }: { readonly label: string }) {
  return (
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
  );
}

interface SeriesLineProps {
  readonly row: SeriesRow;
  readonly metric: string;
  /** The one that the chart shows. */
  readonly isCurrent: boolean;
  /** Null for a row that is no series. */
  readonly onSeries: ((name: string) => void) | null;
}

function SeriesLine({ row, metric, isCurrent, onSeries }: SeriesLineProps) {
  const { series, origins, value, rival, against } = row;
  return (
    <tr aria-current={isCurrent ? 'true' : undefined}>
      <td>
        {onSeries === null ? (
          series
        ) : (
          <UnstyledButton className={classes.link ?? ''} onClick={() => onSeries(series)}>
            {series}
          </UnstyledButton>
        )}
      </td>
      <td className="num">{formatCount(origins)}</td>
      <td className="num">
        <ScoreValue metric={metric} value={value} digits={5} />
      </td>
      <td>{rival?.subject ?? '–'}</td>
      <td className="num">
        <ScoreValue metric={metric} value={rival?.value} digits={5} />
      </td>
      <td className="num muted">{against}</td>
    </tr>
  );
}
