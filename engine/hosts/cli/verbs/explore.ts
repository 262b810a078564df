// `hindcast explore DATASET`: analyses of a series as tables.
import type { AnalysisName, Exploration } from '../../../contract/datasets/explore.ts';
import type { DatasetReference } from '../../../contract/values/ids.ts';
import { adfP, kpssP } from '../../../words/p-values.ts';
import { shareCell } from '../../../words/share-text.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { formatDataTime } from '../text/format.ts';
import { renderTable, type TableStyle } from '../text/table.ts';
import { tableStyle } from './style.ts';

export interface ExploreArguments {
  readonly dataset: DatasetReference;
  readonly analysis: AnalysisName;
  readonly series?: string;
  readonly columns?: readonly string[];
  readonly period?: number;
  readonly lag?: number;
  readonly zone?: string;
}

const digits = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : String(Number(value.toPrecision(4)));
const right = (names: readonly string[]) =>
  names.map((header, i) => ({ header, ...(i === 0 ? {} : { right: true }) }));

const TABLES: {
  readonly [Name in AnalysisName]: (answer: Exploration[Name], style: TableStyle) => string;
} = {
  correlogram: (answer, style) => {
    const lags = answer.reduce((most, { acf }) => Math.max(most, acf?.length ?? 0), 0);
    const rows = Array.from({ length: lags }, (_, lag) => [
      String(lag),
      ...answer.flatMap(({ acf, pacf }) => [digits(acf?.[lag]), digits(pacf?.[lag])]),
    ]);
    const names = answer.flatMap(({ column }) => [`${column} ACF`, 'PACF']);
    const bounds = answer.map(({ column, bound }) => `${column} ±${digits(bound)}`).join(', ');
    return `${renderTable(right(['LAG', ...names]), rows, style)}\nNoise stays within ${bounds} in 95 of 100 lags.`;
  },
  periodogram: (answer, style) => {
    const rows = answer.flatMap(({ column, periods }) =>
      periods.map(({ rows: period, share }) => [column, digits(period), shareCell(share)]),
    );
    return renderTable(right(['COLUMN', 'PERIOD IN ROWS', 'SHARE OF POWER']), rows, style);
  },
  stationarity: (answer, style) => {
    const rows = answer.map(({ column, adf, kpss }) => [
      column,
      digits(adf?.statistic),
      adfP(adf?.p, digits),
      digits(kpss?.statistic),
      kpssP(kpss?.p, digits),
    ]);
    const words = answer.map((one) => one.words).join('\n');
    return `${renderTable(right(['COLUMN', 'ADF', 'P', 'KPSS', 'P']), rows, style)}\n${words}`;
  },
  correlation: ({ columns, matrix, lags, lagged }, style) => {
    const rows = columns.map((name, i) => [name, ...(matrix[i] ?? []).map(digits)]);
    const leads = columns.flatMap((first, i) =>
      columns.flatMap((second, j) => {
        const lag = lags[i]?.[j] ?? 0;
        return lag > 0 ? [`${first} leads ${second} by ${lag} rows (${digits(lagged[i]?.[j])})`] : [];
      }),
    );
    return [renderTable(right(['', ...columns]), rows, style), ...leads.slice(0, 20)].join('\n');
  },
  profiles: (answer, style) => {
    const rows = answer.flatMap(({ column, profiles }) =>
      profiles.flatMap(({ by, groups, mean, median, q25, q75 }) =>
        groups.map((group, i) => [
          column,
          by,
          group,
          ...[mean, q25, median, q75].map((list) => digits(list[i])),
        ]),
      ),
    );
    return renderTable(right(['COLUMN', 'BY', 'GROUP', 'MEAN', '25 %', 'MEDIAN', '75 %']), rows, style);
  },
  decomposition: (answer, style) => {
    const rows = answer.map(({ column, period, rows: used, strength, missing }) => [
      column,
      period < 2 ? '–' : digits(period),
      String(used),
      String(missing),
      digits(strength?.trend),
      digits(strength?.seasonal),
    ]);
    const names = ['COLUMN', 'PERIOD IN ROWS', 'ROWS', 'BRIDGED', 'STRENGTH OF TREND', 'OF SEASON'];
    const none = answer.some(({ strength }) => strength === null)
      ? '\nWhere a strength is missing, two whole periods are not there: name one with --period.'
      : '';
    return `${renderTable(right(names), rows, style)}${none}`;
  },
  scatter: (answer) => {
    if (answer === null) return 'There is no column of numbers.';
    const { columns, lag, pairs, correlation, line } = answer;
    const later = lag === 0 ? '' : `, ${lag} ${lag === 1 ? 'row' : 'rows'} later`;
    const words = `${columns[1]}${later} over ${columns[0]}: correlation ${digits(correlation)} of ${pairs} pairs`;
    return line === null
      ? `${words}.`
      : `${words}; line ${digits(line.slope)} x ${columns[0]} + ${digits(line.intercept)}.`;
  },
  categories: (answer, style) => {
    const rows = answer.flatMap(({ column, categories }) =>
      categories.map(({ name, count, share, firstUs, lastUs }) => [
        column,
        name,
        String(count),
        shareCell(share),
        formatDataTime(firstUs),
        formatDataTime(lastUs),
      ]),
    );
    if (answer.length === 0) return 'There is no column of categories.';
    const names = ['COLUMN', 'CATEGORY', 'ROWS', 'SHARE', 'FIRST', 'LAST'];
    return renderTable(right(names), rows, style);
  },
};

export async function explore(context: VerbContext, given: ExploreArguments): Promise<Outcome> {
  const { client } = await context.connect('existing');
  const { dataset, analysis, series, columns, period, lag, zone } = given;
  const options = {
    ...(period !== undefined && { period }),
    ...(lag !== undefined && { lag }),
    ...(zone !== undefined && { timeZone: zone }),
  };
  const choice = { ...(series && { series }), ...(columns && { columns: [...columns] }) };
  const request = { dataset, analysis, options, ...choice };
  const json = await client.datasets.explore(request);
  const style = tableStyle(context.terminal);
  const show = <Name extends AnalysisName>(name: Name, answer: Exploration[Name]) =>
    TABLES[name](answer, style);
  const answer = json[analysis];
  return { json, text: answer === undefined ? '' : show(analysis, answer as never) };
}
