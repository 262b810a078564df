// How each analysis of the explorer is shown. One analysis is one view and a line in the table below.
import type { ComponentType } from 'react';
import type { ColumnKind } from '../../../../engine/contract/dataset.ts';
import type {
  AnalysisName,
  ColumnProfiles,
  Correlation,
  Correlogram,
  Exploration,
  Periodogram,
  Stationarity,
} from '../../../../engine/contract/explore.ts';
import { Bars } from '../../../charts/bars.tsx';
import { formatNumber } from '../../../ui/format.ts';
import classes from '../data.module.css';
import type { AnswerProps } from './answer-props.ts';
import { CategoriesView } from './categories-view.tsx';
import { DecompositionView } from './decomposition-view.tsx';
import { ScatterView } from './scatter-view.tsx';

const WIDTH = 460;
const HEIGHT = 70;

/** From 0, or from below it where values are. */
const domainOf = (values: readonly number[]): [number, number] => {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return high > low ? [low, high] : [0, 1];
};

function CorrelogramView({ answer }: AnswerProps<readonly Correlogram[]>) {
  return answer.map(({ column, acf, pacf, bound }) => (
    <div key={column}>
      <div className={classes.smallTitle}>{column}</div>
      {acf === null ? (
        <span className="muted">constant, or too few values</span>
      ) : (
        <>
          <Bars
            values={acf.slice(1)}
            domain={[-1, 1]}
            width={WIDTH}
            height={HEIGHT}
            label={`Autocorrelation of ${column}`}
          />
          <Bars
            values={(pacf ?? []).slice(1)}
            domain={[-1, 1]}
            width={WIDTH}
            height={HEIGHT}
            label={`Partial autocorrelation of ${column}`}
          />
          <span className="muted">
            Above: lags 1 to {acf.length - 1}; below: partial. Noise stays within ±{formatNumber(bound)}.
          </span>
        </>
      )}
    </div>
  ));
}

function PeriodogramView({ answer }: AnswerProps<readonly Periodogram[]>) {
  return answer.map(({ column, power, periods, rows }) => (
    <div key={column}>
      <div className={classes.smallTitle}>{column}</div>
      <Bars
        values={power}
        domain={domainOf(power)}
        width={WIDTH}
        height={HEIGHT}
        label={`Power by frequency of ${column}`}
      />
      <span className="muted">
        {periods.length === 0
          ? 'constant, or too few values'
          : `Of the last ${rows} rows: periods of ${periods
              .map((period) => `${formatNumber(period.rows)} rows (${(100 * period.share).toFixed(0)} %)`)
              .join(', ')}`}
      </span>
    </div>
  ));
}

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
            <td className="num">{formatNumber(adf?.p)}</td>
            <td className="num">{formatNumber(kpss?.p)}</td>
            <td>{words}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CorrelationView({ answer: { columns, matrix, lags, lagged } }: AnswerProps<Correlation>) {
  return (
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
                  {formatNumber(matrix[row]?.[index])}
                  {lag > 0 && (
                    <small className="muted">
                      {' '}
                      {formatNumber(lagged[row]?.[index])} after {lag} rows
                    </small>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ProfilesView({ answer }: AnswerProps<readonly ColumnProfiles[]>) {
  return answer.map(({ column, profiles, missing }) => (
    <div key={column}>
      <div className={classes.smallTitle}>{column}</div>
      {profiles.map(({ by, groups, mean }) => (
        <div key={by}>
          <Bars
            values={mean}
            domain={domainOf(mean)}
            width={WIDTH}
            height={HEIGHT}
            label={`Mean of ${column} by ${by}`}
          />
          <span className="muted">
            Mean by {by}, {groups[0]} to {groups.at(-1)}
          </span>
        </div>
      ))}
      <Bars
        values={missing}
        domain={[0, 1]}
        width={WIDTH}
        height={HEIGHT / 2}
        label={`Missing values of ${column} over time`}
      />
      <span className="muted">Share of missing values over time</span>
    </div>
  ));
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
