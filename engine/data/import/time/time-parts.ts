// Times that are spread over several columns: a date and a clock time ("Date", "Time"; "dteday", "hr"), or year, month (or day of
// the year), day, hour, minute, second. Such columns are read together: their texts are joined by spaces, their names by " + ".

import { isMissing } from '../columns/number-style.ts';
import { type Dialect, sampleOf } from '../source/dialect.ts';
import { bareName, isClock, mostly, namesSeries, saysClock } from './clock-column.ts';
import { dayPart } from './day-parts.ts';
import { hourColumns } from './hour-parts.ts';
import { MONTH_CODES } from './named-forms.ts';
import { type TimeFormat, timeFormat } from './time-format.ts';

const SEPARATOR = ' + ';

/** "Date + Time" */
export function namesOf({ names }: Dialect, columns: readonly number[]): string {
  return columns.map((column) => names[column] ?? '').join(SEPARATOR);
}

/** The columns that `text` names: one, or several joined by "+". */
export function namedColumns({ names }: Dialect, text: string): readonly string[] {
  if (names.includes(text)) return [text];
  const parts = text.split(SEPARATOR);
  return parts.every((name) => names.includes(name)) ? parts : text.split('+').map((name) => name.trim());
}

/** Joined texts of the first records; those where one is missing are left out. */
export function joinedSample(dialect: Dialect, columns: readonly number[]): string[] {
  if (columns.length === 1) return sampleOf(dialect, columns[0] ?? 0);
  return dialect.sample
    .map((row) => columns.map((column) => (row[column] ?? '').trim()))
    .filter((texts) => !texts.some(isMissing))
    .map((texts) => texts.join(' '));
}

interface Part {
  readonly name: RegExp;
  readonly value: RegExp;
  readonly sign: string;
}

/** A minimum as well, unless it stands right behind the hour. */
const SHORT_MINUTE = /^min$/i;
const MINUTE = /^[0-5]?\d$/;

const YEAR: Part = {
  name: /^((iso|calendar|mmwr|fiscal)?year|yr|jahr|ann[oée]e?|año|ano|jaar|år|年|년|год)$/i,
  value: /^[12]\d{3}$/,
  sign: '%Y',
};
const DAY_OF_YEAR: Part = {
  name: /^(doy|dayofyear|yearday|yday|jday|julian(day|date)?|jd|jul|jourjulien)$/i,
  value: /^(\d{1,2}|[12]\d\d|3[0-5]\d|36[0-6])$/,
  sign: '%j',
};
const MONTH_AND_DAY: readonly Part[] = [
  {
    name: /^(month|mon|mo|mnth|monat|mois|mes|mese|mês|maand|måned|månad|月|월|месяц)$/i,
    value: /^(0?[1-9]|1[0-2])$/,
    sign: '%m',
  },
  {
    name: /^(day|dy|dom|mday|tag|jour|d[ií]a|giorno|dag|日|일|день)$/i,
    value: /^(0?[1-9]|[12]\d|3[01])$/,
    sign: '%d',
  },
];
const CLOCK_PARTS: readonly Part[] = [
  { name: /^(hour|hr|stunde|heure|hora|ora|uur|时|時|시|час)$/i, value: /^([01]?\d|2[0-4])$/, sign: '%H' },
  { name: /^(min|minutes?)$/i, value: MINUTE, sign: '%M' },
  { name: /^(second|seconds|sec)$/i, value: MINUTE, sign: '%S' },
];
/** Parts that stand right behind the year, in the stead of a month. */
const YEAR_PARTS: readonly { readonly name: RegExp; readonly value: RegExp; readonly form: string }[] = [
  {
    name: /^(q|qtr|quarter|quartal|trimestre|trim)$/i,
    value: /^(Q|QTR|T)? ?[1-4]$/i,
    form: 'year-and-quarter',
  },
  {
    name: /^((iso|mmwr|calendar)?week(no|num|number|ofyear)?|wk|kw|kalenderwoche|woche|semaine|semana|settimana)$/i,
    value: /^(W|KW)?(0?[1-9]|[1-4]\d|5[0-3])$/i,
    form: 'year-and-week',
  },
  { name: /^(period|month)$/i, value: /^M(0[1-9]|1[0-3])$/, form: MONTH_CODES },
];
const MONTH_NAME = /^[A-Za-z]{3,9}$/;

/** The same as letters: `YY MM DD hh mm`. */
const LETTERS: readonly RegExp[] = [
  /^y{1,4}$/i,
  /^m{1,2}$/i,
  /^d{1,2}$/i,
  /^h{1,2}$/i,
  /^(m{1,2}|mi|mn)$/i,
  /^s{1,2}$/i,
];

/** Parts of a table whose years stand under letters. */
const lettered = (dialect: Dialect, among: readonly number[]): readonly Part[] | null =>
  among.some((column) => LETTERS[0]?.test(bareName(dialect, column)))
    ? [YEAR, ...MONTH_AND_DAY, ...CLOCK_PARTS].map((part, i) => ({ ...part, name: LETTERS[i] ?? part.name }))
    : null;

interface Together {
  readonly columns: readonly number[];
  readonly format: TimeFormat;
}

/** Year and month (or day of the year) at least, and as many of the finer parts as follow without a gap; null where there are none. */
function calendarParts(dialect: Dialect, among: readonly number[]): Together | null {
  const part = yearParts(dialect, among);
  if (part !== null) return part;
  const columns: number[] = [];
  let signs = [''];
  const columnOf = ({ name }: Part) =>
    among.find(
      (one) =>
        !columns.includes(one) &&
        name.test(bareName(dialect, one)) &&
        (!SHORT_MINUTE.test(bareName(dialect, one)) || one === (columns.at(-1) ?? -1) + 1),
    );
  const days = columnOf(DAY_OF_YEAR) === undefined ? daysBeside(dialect, columnOf) : [DAY_OF_YEAR];
  for (const part of lettered(dialect, among) ?? [YEAR, ...days, ...CLOCK_PARTS]) {
    const { value, sign } = part;
    const column = columnOf(part);
    if (column === undefined) break;
    const values = sampleOf(dialect, column);
    const words = sign === '%m' && mostly(values, MONTH_NAME);
    if (!words && !mostly(values, value)) break;
    columns.push(column);
    signs = (words ? ['%b', '%B'] : [sign]).flatMap((one) =>
      signs.map((before) => `${before} ${one}`.trim()),
    );
  }
  if (columns.length === 0) return unnamedParts(dialect, among);
  return columns.length < 2 ? null : { columns, format: timeFormat(signs.join('|')) };
}

/** Months and days, or days of the year where no month stands beside a day beyond the 31st. */
function daysBeside(dialect: Dialect, columnOf: (part: Part) => number | undefined): readonly Part[] {
  const [month, day] = MONTH_AND_DAY.map(columnOf);
  if (month !== undefined || day === undefined) return MONTH_AND_DAY;
  const isBeyond = sampleOf(dialect, day).some((text) => Number(text) > 31);
  return isBeyond ? [{ ...DAY_OF_YEAR, name: MONTH_AND_DAY[1]?.name ?? DAY_OF_YEAR.name }] : MONTH_AND_DAY;
}

/** A year and its quarter or week; null where a table has none, or has months. */
function yearParts(dialect: Dialect, among: readonly number[]): Together | null {
  const columnOf = ({ name, value }: { readonly name: RegExp; readonly value: RegExp }) =>
    among.find((one) => name.test(bareName(dialect, one)) && mostly(sampleOf(dialect, one), value));
  const year = columnOf(YEAR);
  if (year === undefined || MONTH_AND_DAY.some((part) => columnOf(part) !== undefined)) return null;
  for (const part of YEAR_PARTS) {
    const column = columnOf(part);
    if (column !== undefined) return { columns: [year, column], format: timeFormat(part.form) };
  }
  return null;
}

/** Columns have no names where the file has no header. */
const UNNAMED = /^column\d+$/;

/** Year, month, day, hour in the first columns of a table without names, as many as tell the rows apart: each of them in order. */
function unnamedParts(dialect: Dialect, among: readonly number[]): Together | null {
  if (among[0] !== 0 || !dialect.names.every((name) => UNNAMED.test(name))) return null;
  const columns: number[] = [];
  const signs: string[] = [];
  for (const [column, { value, sign }] of [YEAR, ...MONTH_AND_DAY, ...CLOCK_PARTS].entries()) {
    if (column > 1 && repeats(joinedSample(dialect, columns)) < REPEATED) break;
    if (!mostly(sampleOf(dialect, column), value) || !areInOrder(dialect, [...columns, column])) break;
    columns.push(column);
    signs.push(sign);
  }
  const isTold = columns.length >= 2 && new Set(joinedSample(dialect, columns)).size > 1;
  return isTold ? { columns, format: timeFormat(signs.join(' ')) } : null;
}

/** Read as one number the parts hardly ever fall. */
function areInOrder({ sample }: Dialect, columns: readonly number[]): boolean {
  const numbers = sample.map((row) => columns.reduce((sum, column) => sum * 100 + Number(row[column]), 0));
  const falls = numbers.filter((value, i) => i > 0 && value < (numbers[i - 1] ?? value)).length;
  return falls * 20 <= numbers.length;
}

/** The form of columns that are named year, month, ... in this order; null for others. */
export function calendarFormat(dialect: Dialect, columns: readonly number[]): TimeFormat | null {
  const parts = calendarParts(dialect, columns);
  return parts?.columns.join() === columns.join() ? parts.format : null;
}

/** Values of a sample for one time: how often a time comes. */
function repeats(sample: readonly string[]): number {
  return sample.length / Math.max(1, new Set(sample).size);
}

/** Whole numbers tell the time of the day under a name that says so, or in a column right behind the dates. */
function isDayPart(dialect: Dialect, day: readonly number[], column: number): boolean {
  const isNear = column === (day.at(-1) ?? 0) + 1;
  if (!isNear && !saysClock(dialect, column) && !PART_NAME.test(dialect.names[column] ?? '')) return false;
  const part = dayPart(dialect, day, column);
  // Few numbers a day that could be clocks may be anything.
  return (
    part !== null && (part.kind !== 'digits' || part.rows >= CLOCKS_PER_DAY || saysClock(dialect, column))
  );
}

const CLOCKS_PER_DAY = 20;

const PART_NAME = /period|interval|hour|stunde|hora|heure|slot|block|settlement|^(he|sp|pte?|time|hhmm)$/i;

/** With at least this many rows for one time, a column alone is no timestamp. */
const REPEATED = 1.5;

/**
 * Sets of columns that may hold the times together, where `dates` alone (null: no column holds times) repeats and they repeat less, the
 * likeliest first. `series`: the column that the user names for the series.
 */
export function columnsTogether(
  dialect: Dialect,
  dates: number | null,
  series: number | null,
): (readonly number[])[] {
  const alone = dates === null ? Number.POSITIVE_INFINITY : repeats(joinedSample(dialect, [dates]));
  if (alone < REPEATED) return [];
  const others = dialect.names.map((_, column) => column).filter((column) => column !== series);
  const parts = calendarParts(dialect, others)?.columns;
  const isTold = (column: number) =>
    dates !== null && column !== dates && !parts?.includes(column) && namesSeries(dialect, dates, column);
  if (dialect.names.some((_, column) => isTold(column))) return [];
  const sets: (readonly number[])[] = parts ? [parts] : [];
  // A year is no day where its months or days stand beside it.
  const isPart = dates !== null && parts?.includes(dates);
  for (const day of [dates === null || isPart ? [] : [dates], parts ?? []]) {
    const last = day.at(-1);
    if (last === undefined) continue;
    const clocks = others.filter(
      (column) =>
        !day.includes(column) && (isClock(dialect, last, column) || isDayPart(dialect, day, column)),
    );
    sets.push(...clocks.map((clock) => [...day, clock]));
    const hours = hourColumns(
      dialect,
      others.filter((column) => !day.includes(column)),
    );
    if (hours !== null) sets.push([...day, ...hours]);
  }
  const measured = sets.map((columns) => ({
    columns,
    times: repeats(joinedSample(dialect, columns)),
    named: saysClock(dialect, columns.at(-1) ?? 0) ? 1 : 0,
  }));
  return measured
    .filter(({ times }) => times * REPEATED <= alone)
    .sort((a, b) => a.times - b.times || b.named - a.named)
    .map(({ columns }) => columns);
}
