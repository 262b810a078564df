// Times in the header: which columns of a table are named by dates, months, days of a month, or times of a day, and what of their rows
// belongs to these names.
import { isMissing, looksNumericInAnyStyle } from '../columns/number-style.ts';
import { type Dialect, sampleOf } from '../source/dialect.ts';
import { PERIOD_NAME } from '../source/period-heading.ts';
import { looksLikeTime } from '../time/time-candidates.ts';
import { monthOf } from './month-names.ts';

export interface HeaderTimes {
  /** The columns that are times, in their order. */
  readonly columns: readonly number[];
  /** Columns whose values belong to the times of the row: its date, its year. */
  readonly fixed: readonly number[];
  /** The time of a cell: `label` of its column, the fixed values of its row. */
  readonly labels: readonly string[];
  join(label: string, fixed: readonly string[]): string;
  /** Columns that say something of the cell beside them: they name no series. */
  readonly flags?: readonly number[];
  /** The cell belongs to no time that there is. */
  isNone?(time: string, cell: string): boolean;
  readonly what: string;
}

const FEWEST_TIMES = 4;
const FEWEST_YEARS = 5;
const DIGIT_DATE = /^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?$/;

const rises = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || value > (values[i - 1] ?? value));
const isMonotonous = (values: readonly number[]): boolean => rises(values) || rises([...values].reverse());

/** `1990 [YR1990]`, `X1990`, `Y1990`, `X2020.01.22`: names as databases and programs write them. */
const bareTime = (name: string): string =>
  name
    .trim()
    .replace(/^(\S+) \[YR\d{4}[^\]]*\]$/, '$1')
    .replace(/^[XYF]?_?(?=[12]\d{3}(\D|$))/, '');

const yearOf = (text: string): number | null => {
  const year = /^[12]\d{3}$/.test(text) ? Number(text) : 0;
  return year >= 1600 && year <= 2200 ? year : null;
};

const all = (dialect: Dialect): number[] => dialect.names.map((_, column) => column);

/** Nearly all values of the column have the property. */
function mostlyIn(dialect: Dialect, column: number, fits: (text: string) => boolean): boolean {
  const values = sampleOf(dialect, column);
  return values.length > 0 && values.filter(fits).length * 20 >= values.length * 19;
}

const isDate = (text: string): boolean => looksLikeTime(text.trim()) || DIGIT_DATE.test(text.trim());

function wholeTimes(dialect: Dialect): HeaderTimes | null {
  const texts = dialect.names.map(bareTime);
  const years = all(dialect).filter((column) => yearOf(texts[column] ?? '') !== null);
  const dates = all(dialect).filter((column) => isDate(texts[column] ?? ''));
  const areYears = years.length >= dates.length;
  const columns = areYears ? years : dates;
  if (columns.length < (areYears ? FEWEST_YEARS : FEWEST_TIMES) || columns.length * 2 < texts.length)
    return null;
  if (areYears && !isMonotonous(columns.map((column) => Number(texts[column])))) return null;
  const others = all(dialect).filter((column) => !columns.includes(column));
  if (others.some((column) => mostlyIn(dialect, column, isDate))) return null;
  return {
    columns,
    fixed: [],
    labels: columns.map((column) => texts[column] ?? ''),
    join: (label) => label,
    what: areYears ? 'years' : 'times',
  };
}

const yearColumn = (dialect: Dialect, among: readonly number[]): number | undefined =>
  among.find((column) =>
    mostlyIn(dialect, column, (text) => yearOf(text.trim().replace(/\.0+$/, '')) !== null),
  );

const two = (value: number): string => String(value).padStart(2, '0');

/** Where the values of a row begin, as in the files of the M competitions: its columns are steps from there on. */
const START_NAME = /start|begin|\bfirst/i;

function monthsOfYear(dialect: Dialect): HeaderTimes | null {
  const months = dialect.names.map((name) => monthOf(name) ?? numbered(name, MONTH_NUMBER, 12));
  const columns = all(dialect).filter((column) => months[column] !== null);
  if (columns.length !== 12 || !rises(columns.map((column) => months[column] ?? 0))) return null;
  const others = all(dialect).filter((column) => !columns.includes(column));
  const isCounted = others.some((column) => MONTH_NUMBER.test(dialect.names[column]?.trim() ?? ''));
  const areNumbers = columns.some((column) => monthOf(dialect.names[column] ?? '') === null);
  const hasStart = others.some((column) => START_NAME.test(dialect.names[column] ?? ''));
  if (isCounted || (areNumbers && hasStart)) return null;
  const year = yearColumn(dialect, others);
  if (year === undefined || others.some((column) => mostlyIn(dialect, column, looksLikeTime))) return null;
  return {
    columns,
    fixed: [year],
    labels: columns.map((column) => two(months[column] ?? 0)),
    join: (label, [text = '']) => `${text.trim().replace(/\.0+$/, '')}-${label}`,
    what: 'months',
  };
}

const MONTH_NUMBER = /^M?(\d{1,3})$/i;

function numbered(name: string, shape: RegExp, most: number): number | null {
  const value = Number(shape.exec(name.trim())?.[1] ?? 0);
  return value >= 1 && value <= most ? value : null;
}

/** The columns of the days 1 to 31: those of numbers where flags stand beside them under numbers of their own, as in GHCN-Daily. */
function dayColumns(dialect: Dialect): { readonly days: number[]; readonly flags: number[] } | null {
  const parts = dialect.names.map((name) => /^(\D{0,20}?)0*(\d{1,2})$/.exec(name.trim()));
  const byPrefix = Map.groupBy(
    all(dialect).filter((column) => parts[column] !== null),
    (column) => parts[column]?.[1] ?? '',
  );
  const groups = [...byPrefix.values()].filter(
    (columns) => columns.length === 31 && columns.every((column, i) => Number(parts[column]?.[2]) === i + 1),
  );
  const areNumbers = (columns: readonly number[]) => {
    const values = columns.flatMap((column) => sampleOf(dialect, column));
    return values.length > 0 && values.filter(looksNumericInAnyStyle).length * 2 > values.length;
  };
  const days = groups.find(areNumbers);
  return days === undefined ? null : { days, flags: groups.filter((one) => one !== days).flat() };
}

/** `202301`, `2023-1`, or the first day of each month. */
const YEAR_MONTH = /^([12]\d{3})(?:[-/. ]?(0[1-9]|1[0-2])|[-/. ]([1-9]))(?:[-/.]0?1)?$/;

/** Year and month of a row. */
interface MonthColumns {
  readonly fixed: readonly number[];
  of(texts: readonly string[]): string;
}

function monthColumns(dialect: Dialect, among: readonly number[]): MonthColumns | null {
  const both = among.find((column) => mostlyIn(dialect, column, (text) => YEAR_MONTH.test(text.trim())));
  if (both !== undefined) {
    const of = ([text = '']: readonly string[]) => {
      const [, year = '', long, short] = YEAR_MONTH.exec(text.trim()) ?? [];
      return `${year}-${(long ?? short ?? '').padStart(2, '0')}`;
    };
    return { fixed: [both], of };
  }
  const year = yearColumn(dialect, among);
  const month = among.find(
    (column) =>
      column !== year &&
      mostlyIn(dialect, column, (text) => monthOf(text) !== null || /^\s*(0?[1-9]|1[0-2])\s*$/.test(text)),
  );
  if (year === undefined || month === undefined) return null;
  const of = ([text = '', name = '']: readonly string[]) =>
    `${text.trim().replace(/\.0+$/, '')}-${two(monthOf(name) ?? Number(name))}`;
  return { fixed: [year, month], of };
}

/** What stands behind the end of a month: nothing, or a code for what is missing. */
const isFilling = (text: string): boolean =>
  isMissing(text.trim()) || /^-?9{2,}(\.9*|\.0*)?$|^-?8{3,}(\.8*|\.0*)?$/.test(text.trim());

/** February 30th. */
function isNoDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return day > new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function daysOfMonth(dialect: Dialect): HeaderTimes | null {
  const found = dayColumns(dialect);
  if (found === null) return null;
  const { days: columns, flags } = found;
  const others = all(dialect).filter((column) => !columns.includes(column) && !flags.includes(column));
  const month = monthColumns(dialect, others);
  if (month === null) return null;
  return {
    columns,
    fixed: month.fixed,
    flags,
    labels: columns.map((_, i) => two(i + 1)),
    join: (label, fixed) => `${month.of(fixed)}-${label}`,
    isNone: (time, cell) => isNoDay(time) && isFilling(cell),
    what: 'days of a month',
  };
}

const CLOCK_NAME =
  /^(?:[^\d:]{0,20}?)(\d{1,2}):(\d{2})(?::\d{2})?(?: ?([ap])m?)?(?: *(?:-|–|to) *\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m?)?)?(?: *\([^)]*\))?$/i;
const DIGITS_NAME = /^\D{0,20}?([0-2]\d)([0-5]\d)$/;
const MINUTES_PER_DAY = 1440;
/** Intervals of a day, and the most of a day on which the clocks go back. */
const INTERVALS: Readonly<Record<number, number>> = {
  24: 24,
  25: 24,
  48: 48,
  50: 48,
  96: 96,
  100: 96,
  144: 144,
  288: 288,
};

const clockText = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** Minutes of the day by column: names such as `00:30`, `0030`, `12:30 AM`, `00:00 - 00:30`. */
function namedClock(name: string): number | null {
  const [, hours, minutes, half] = CLOCK_NAME.exec(name.trim()) ?? DIGITS_NAME.exec(name.trim()) ?? [];
  if (hours === undefined) return null;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0);
  const at = hour * 60 + Number(minutes);
  return at <= MINUTES_PER_DAY ? at : null;
}

interface DayTimes {
  readonly columns: readonly number[];
  readonly minutes: readonly number[];
}

/** Evenly spaced over a day, whatever the first one is. */
function evenDay(columns: readonly number[], minutes: readonly number[]): DayTimes | null {
  const step = MINUTES_PER_DAY / columns.length;
  if (columns.length < 12 || !Number.isInteger(step)) return null;
  // A last time of 00:00 is the midnight that ends the day.
  const last = minutes.length - 1;
  const ended = minutes.map((at, i) => (i === last && at === 0 ? MINUTES_PER_DAY : at));
  return ended.every((at, i) => i === 0 || at - (ended[i - 1] ?? 0) === step)
    ? { columns, minutes: ended }
    : null;
}

function clockNames(dialect: Dialect): DayTimes | null {
  const found = dialect.names.map(namedClock);
  const columns = all(dialect).filter((column) => found[column] !== null);
  return evenDay(
    columns,
    columns.map((column) => found[column] ?? 0),
  );
}

/** Numbers of the intervals of a day, from 0 or 1: `1` to `48`, `HH01`, `Period 12`, `H0` to `H23`. */
function intervalNames(dialect: Dialect): DayTimes | null {
  const parts = dialect.names.map((name) => /^([^\d]{0,20}?)0*(\d{1,3})$/.exec(name.trim()));
  const byPrefix = Map.groupBy(
    all(dialect).filter((column) => parts[column] !== null),
    (column) => parts[column]?.[1] ?? '',
  );
  for (const columns of byPrefix.values()) {
    const perDay = INTERVALS[columns.length];
    const numbers = columns.map((column) => Number(parts[column]?.[2]));
    const [first = 0] = numbers;
    if (perDay === undefined || first > 1 || numbers.some((value, i) => value !== first + i)) continue;
    return { columns, minutes: columns.map((_, i) => (i * MINUTES_PER_DAY) / perDay) };
  }
  return null;
}

function timesOfDay(dialect: Dialect): HeaderTimes | null {
  const day = clockNames(dialect) ?? intervalNames(dialect);
  if (day === null) return null;
  const { columns, minutes } = day;
  const others = all(dialect).filter((column) => !columns.includes(column));
  const date = others.find((column) => mostlyIn(dialect, column, isDate));
  if (date === undefined) return null;
  const isPlain = mostlyIn(
    dialect,
    date,
    (text) => !/\d:\d/.test(text) || /[T ]0?0:00(:00(\.0+)?)?Z?$/.test(text.trim()),
  );
  if (!isPlain) return null;
  return {
    columns,
    fixed: [date],
    labels: minutes.map(clockText),
    join: (label, [text = '']) => `${text.trim().replace(/[T ]0?0:00(:00(\.0+)?)?Z?$/, '')} ${label}`,
    what: 'times of a day',
  };
}

/** What of the header is times; null where it has only names. */
export function findHeaderTimes(dialect: Dialect): HeaderTimes | null {
  if (dialect.names.length < FEWEST_TIMES) return null;
  if (dialect.names.some((name) => PERIOD_NAME.test(name))) return wholeTimes(dialect);
  if (!dialect.hasHeader) return null;
  return timesOfDay(dialect) ?? daysOfMonth(dialect) ?? monthsOfYear(dialect) ?? wholeTimes(dialect);
}
