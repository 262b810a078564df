// The Intervals tab: whether the intervals hold what they promise. A calibration plot (how often the truth lies below each level), a table
// of the intervals beside the baselines', and coverage and width by steps ahead.
import { useQuery } from '@tanstack/react-query';
import type { IntervalResult } from '../../../engine/contract/results/intervals.ts';
import { shareCell, shareText } from '../../../engine/words/share-text.ts';
import type { Line } from '../../charts/draw.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { intervalsQuery } from '../../engine/queries.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import classes from '../../features/run/run-page.module.css';
import { lookOfSubject } from '../../features/run/subjects.ts';
import { weightsOf } from '../../features/run/weights-of.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel, Scroll, TableScroll } from '../../ui/page.tsx';
import { unbroken } from '../../ui/unbroken.ts';
import type { RunTabProps } from '../run-tab.ts';
import { calibrationLines } from './interval-lines.ts';

const COLOR = '--hc-series-2';
const HEIGHT = 240;

export function IntervalsTab({ run }: RunTabProps) {
  const request = { run: run.id, weights: weightsOf(run) };
  const { data, error } = useQuery({ ...intervalsQuery(useEngine(), request), retry: false });
  return (
    <Scroll label="Intervals">
      <div className={classes.charts}>
        {error && (
          <div className={classes.wide}>
            <ErrorMessage error={error} />
          </div>
        )}
        {!data && !error && (
          <p className={`muted ${classes.wide}`}>Making the forecasts of the test part …</p>
        )}
        {data && <Pictures data={data} />}
      </div>
    </Scroll>
  );
}

function Pictures({ data }: { readonly data: IntervalResult }) {
  const catalogue = useCatalogue();
  const outermost = data.subjects[0]?.bands[0];
  const promised = outermost ? shareText(outermost.nominal) : '';
  return (
    <>
      <p className={`${classes.verdict} ${classes.wide}`}>{unbroken(data.words)}</p>
      <p className={`muted ${classes.wide}`}>{unbroken(data.method)}</p>
      <Panel>
        <LinePlot
          title="Calibration: share of true values below each quantile; right on the dashed line"
          lines={calibrationLines(data, (subject) => lookOfSubject(subject, catalogue))}
          height={HEIGHT}
          xKind="number"
          xLabel="level"
          xDomain={[0, 1]}
          formatX={share}
          formatY={share}
        />
      </Panel>
      <ByStep
        title={`Share held by the ${promised} interval, by steps ahead`}
        values={(outermost?.coverageByStep ?? []).map(percents)}
        promised={outermost && percents(outermost.nominal)}
        format={percentText}
      />
      <ByStep
        title={`Width of the ${promised} interval, by steps ahead${unitText(data)}`}
        isWide
        values={outermost?.widthByStep ?? []}
        format={formatNumber}
      />
      <BandTable data={data} />
    </>
  );
}

const unitText = ({ unit }: IntervalResult): string =>
  unit === 'standardized' ? ', in standard deviations' : '';

const percents = (share: number): number => 100 * share;
const percentText = (percent: number): string => shareText(percent / 100);
const share = (value: number): string => String(Number(value.toFixed(2)));

interface ByStepProps {
  readonly title: string;
  readonly values: readonly number[];
  readonly promised?: number | undefined;
  /** The third of three has a row to itself. */
  readonly isWide?: boolean;
  readonly format: (value: number) => string;
}

function ByStep({ title, values, promised, isWide = false, format }: ByStepProps) {
  if (values.length < 2) return null;
  const x = values.map((_, step) => step + 1);
  const lines: Line[] = [
    { id: 'model', label: 'model', color: COLOR, x, y: values, dots: x.length <= 48, width: 1.5 },
    ...(promised === undefined
      ? []
      : [
          {
            id: 'promised',
            label: 'promised',
            color: '--hc-actual',
            x,
            y: x.map(() => promised),
            dash: [4, 3],
          },
        ]),
  ];
  return (
    <Panel className={isWide ? (classes.wide ?? '') : ''}>
      <LinePlot
        title={title}
        lines={lines}
        height={HEIGHT}
        xKind="number"
        xLabel="steps ahead"
        xDomain={[1, x.length]}
        formatX={formatCount}
        formatY={format}
      />
    </Panel>
  );
}

function BandTable({ data }: { readonly data: IntervalResult }) {
  const bands = data.subjects[0]?.bands ?? [];
  return (
    <Panel title="Intervals beside the baselines'" className={classes.wide ?? ''}>
      <TableScroll label="Intervals beside the baselines'">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Forecast</th>
              <th scope="col" className="num">
                CRPS
              </th>
              {bands.map(({ nominal }) => (
                <th key={nominal} scope="col" className="num">
                  In {shareText(nominal)}, width
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.subjects.map(({ subject, crps, bands: own }) => (
              <tr key={subject}>
                <td>{subject}</td>
                <td className="num">{formatNumber(crps)}</td>
                {own.map(({ nominal, coverage, width }) => (
                  <td key={nominal} className="num">
                    {shareCell(coverage)}, {formatNumber(width)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <caption className={classes.caption}>
            How many of the true values of the test part lie in each interval, and how wide it is on average
            {unitText(data)}. The baselines are calibrated on the same rows.
          </caption>
        </table>
      </TableScroll>
    </Panel>
  );
}
