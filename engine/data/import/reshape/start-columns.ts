// Columns that say when the values of a row begin, as in the files of the M3 competition: a year, and the month or quarter of it.
import { type Dialect, sampleOf } from '../source/dialect.ts';

const nameOf = (period: string): RegExp =>
  new RegExp(
    `(start|begin|\\bfirst)\\w*[ _.-]*(${period})s?$|^(${period})[ _.-]*(start|begin|of start)`,
    'i',
  );
const YEAR_NAME = nameOf('year|yr');
const MONTH_NAME = nameOf('month|mon');
const QUARTER_NAME = nameOf('quarter|qtr');
const YEAR = /^(1[6-9]|20|21)\d\d(\.0+)?$/;
const MONTH = /^(0?[1-9]|1[0-2])(\.0+)?$/;
const QUARTER = /^0?[1-4](\.0+)?$/;

export interface Start {
  readonly columns: readonly number[];
  /** Of the times. */
  readonly format: string;
  /** What a step is. */
  readonly unit: 'month' | 'quarter' | 'year';
  /** The time of the i-th value of a row, from 0; empty where the row says no start. */
  timeOf(fields: readonly string[], i: number): string;
}

const PERIODS = [
  { unit: 'month', name: MONTH_NAME, value: MONTH, months: 1 },
  { unit: 'quarter', name: QUARTER_NAME, value: QUARTER, months: 3 },
] as const;

/** Null where no column says a year to begin with, or the sample has other values in it. */
export function startOf(dialect: Dialect, among: readonly number[]): Start | null {
  const columnOf = (name: RegExp, value: RegExp): number | undefined =>
    among.find(
      (column) =>
        name.test(dialect.names[column] ?? '') &&
        sampleOf(dialect, column).every((text) => value.test(text.trim())),
    );
  const year = columnOf(YEAR_NAME, YEAR);
  if (year === undefined) return null;
  for (const { unit, name, value, months } of PERIODS) {
    const column = columnOf(name, value);
    if (column === undefined) continue;
    return {
      columns: [year, column],
      format: '%Y-%m',
      unit,
      timeOf: (fields, i) => monthText(fields[year], fields[column], i, months),
    };
  }
  // A month or quarter that cannot be read: the year alone would be wrong.
  if (among.some((column) => PERIODS.some(({ name }) => name.test(dialect.names[column] ?? '')))) return null;
  const timeOf = (fields: readonly string[], i: number): string =>
    YEAR.test((fields[year] ?? '').trim()) ? String(Number(fields[year]) + i) : '';
  return { columns: [year], format: '%Y', unit: 'year', timeOf };
}

/** `2001-04`: `i` periods of `months` months after the one that the row begins with. */
function monthText(year = '', period = '', i: number, months: number): string {
  if (!YEAR.test(year.trim()) || !MONTH.test(period.trim())) return '';
  const month = (Number(period) - 1 + i) * months;
  return `${Number(year) + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}
