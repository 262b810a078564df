// How each analysis of the explorer is shown. One analysis is one view and a line in the table below.
import type { ComponentType } from 'react';
import type { ColumnKind } from '../../../../engine/contract/datasets/dataset.ts';
import type {
  AnalysisName,
  Correlation,
  Correlogram,
  Exploration,
  Periodogram,
  Stationarity,
} from '../../../../engine/contract/datasets/explore.ts';
import { adfP, kpssP } from '../../../../engine/words/p-values.ts';
import { shareCell } from '../../../../engine/words/share-text.ts';
import { type NamedPosition, ScaledBars } from '../../../charts/scaled-bars.tsx';
import { linearTicks, wholeTicks } from '../../../charts/scales.ts';
import { formatCount, formatNumber, plural } from '../../../ui/format.ts';
import { TableScroll } from '../../../ui/page.tsx';
import classes from '../data.module.css';
import type { AnswerProps } from './answer-props.ts';
import { CategoriesView } from './categories-view.tsx';
import { DecompositionView } from './decomposition-view.tsx';
import { ProfilesView } from './profiles-view.tsx';
import { ScatterView } from './scatter-view.tsx';

const HEIGHT = 120;

/** From 0, or from below it where values are. */
const domainOf = (values: readonly number[]): [number, number] => {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return high > low ? [low, high] : [0, 1];
};

const LAG_NAMES = 8;

/** Lags from 1 on, about eight of them named. */
function lagNames(count: number): NamedPosition[] {
  return wholeTicks([1, count], LAG_NAMES)
    .filter((lag) => lag >= 1)
    .map((lag) => ({ at: lag - 1, text: String(lag) }));
}

function CorrelogramView({ answer }: AnswerProps<readonly Correlogram[]>) {
  return answer.map(({ column, acf, pacf, bound }) => (
    <div key={column}>
      <b>{column}</b>
      {acf === null ? (
        <span className="muted">constant, or too few values</span>
      ) : (
        <>
          <div className={classes.sideBySide}>
            {[
              { what: 'Autocorrelation', values: acf.slice(1) },
              { what: 'Partial autocorrelation', values: (pacf ?? []).slice(1) },
            ].map(({ what, values }) => (
              <div key={what}>
                <div className={classes.smallTitle}>{what} by lag, in rows</div>
                <ScaledBars
                  values={values}
                  domain={[-1, 1]}
                  height={HEIGHT}
                  label={`${what} of ${column}`}
                  names={lagNames(values.length)}
                  guides={[bound, -bound]}
                />
              </div>
            ))}
          </div>
          <span className="muted">
            Lags 1 to {acf.length - 1}. Noise stays within ±{formatNumber(bound, 2)} (dashed).
          </span>
        </>
      )}
    </div>
  ));
}

/** Periods under the bars whose frequencies they are. */
const periodNames = (frequencies: readonly number[]): NamedPosition[] =>
  linearTicks([0, Math.max(0, frequencies.length - 1)], LAG_NAMES).flatMap((at) => {
    const frequency = frequencies[at];
    return frequency === undefined || frequency <= 0 ? [] : [{ at, text: formatNumber(1 / frequency, 3) }];
  });

/** Less of the power is noise. */
const LEAST_SHARE = 0.01;

function PeriodogramView({ answer }: AnswerProps<readonly Periodogram[]>) {
  return <div className={classes.sideBySide}>{answer.map(periodogramOf)}</div>;
}

function periodogramOf({ column, frequencies, power, periods, rows }: Periodogram) {
  const told = periods.filter(({ share }, index) => index === 0 || share >= LEAST_SHARE);
  return (
    <div key={column}>
      <b>{column}</b>
      {power.length > 0 && (
        <ScaledBars
          values={power}
          domain={domainOf(power)}
          height={HEIGHT}
          label={`Power by frequency of ${column}`}
          names={periodNames(frequencies)}
        />
      )}
      <span className="muted">
        {periods.length === 0
          ? 'constant, or too few values'
          : `Power by period in rows, long ones on the left. Of the last ${formatCount(rows)} rows: periods of ${told
              .map((period) => `${formatNumber(period.rows, 3)} rows (${shareCell(period.share, 0)})`)
              .join(', ')}.`}
      </span>
    </div>
  );
}

const shownP = (p: number | undefined): string => formatNumber(p, 3);

function StationarityView({ answer }: AnswerProps<readonly Stationarity[]>) {
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col" className="num">
            ADF p
          </th>
          <th scope="col" className="num">
            KPSS p
          </th>
          <th scope="col">In words</th>
        </tr>
      </thead>
      <tbody>
        {answer.map(({ column, adf, kpss, words }) => (
          <tr key={column}>
            <td>{column}</td>
            <td className="num">{adfP(adf?.p, shownP)}</td>
            <td className="num">{kpssP(kpss?.p, shownP)}</td>
            <td>{words}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const correlationText = (value: number | null | undefined): string =>
  value === null || value === undefined ? formatNumber(value) : value.toFixed(2).replace('-', '−');

function CorrelationView({ answer: { columns, matrix, lags, lagged } }: AnswerProps<Correlation>) {
  return (
    <TableScroll label="Correlation of columns">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Column</th>
            {columns.map((column) => (
              <th key={column} scope="col" className="num">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((column, row) => (
            <tr key={column}>
              <th scope="row">{column}</th>
              {columns.map((other, index) => {
                const lag = lags[row]?.[index] ?? 0;
                return (
                  <td key={other} className="num">
                    {correlationText(matrix[row]?.[index])}
                    {lag > 0 && (
                      <small className={`muted ${classes.below}`}>
                        {correlationText(lagged[row]?.[index])} after {plural(lag, 'row')}
                      </small>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {lags.some((row) => row.some((lag) => lag > 0)) && (
        <span className="muted">
          In small: the largest correlation where the column of the row leads, and by how many rows.
        </span>
      )}
    </TableScroll>
  );
}

/** What an analysis is asked besides its columns. */
export type Asked = 'period' | 'lag' | 'clock';

export const VIEWS: {
  readonly [Name in AnalysisName]: {
    readonly title: string;
    /** Default: numeric. */
    readonly of?: ColumnKind;
    readonly asks?: readonly Asked[];
    /** Columns that are compared; default: as many as are chosen. */
    readonly pair?: boolean;
    readonly View: ComponentType<AnswerProps<Exploration[Name]>>;
  };
} = {
  stationarity: { title: 'Does the level stay? (ADF, KPSS)', View: StationarityView },
  correlogram: { title: 'Autocorrelation', View: CorrelogramView },
  periodogram: { title: 'Periods', View: PeriodogramView },
  decomposition: { title: 'Trend, season and residual (STL)', asks: ['period'], View: DecompositionView },
  profiles: {
    title: 'Profiles by hour, weekday, month; missing values',
    asks: ['clock'],
    View: ProfilesView,
  },
  correlation: { title: 'Correlation of columns', View: CorrelationView },
  scatter: {
    title: 'Scatter of two columns, or of one and itself later',
    asks: ['lag'],
    pair: true,
    View: ScatterView,
  },
  categories: { title: 'Counts of categories', of: 'category', View: CategoriesView },
};
