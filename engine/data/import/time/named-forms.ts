// Forms of times that no strptime sign reads: quarters, weeks, months with an M, years with a decimal or as fiscal years, days of a
// spreadsheet; and counts without a calendar: elapsed seconds and steps.
import { sqlText } from '../columns/number-style.ts';
import { DAY_COUNTS, dayCounts } from './day-counts.ts';
import type { NamedForm } from './named-form.ts';

const group = (x: string, pattern: string, index: number): string =>
  `nullif(regexp_extract(${x}, ${sqlText(pattern)}, ${index}, 'i'), '')`;
const dayUs = (date: string): string => `epoch_us(TRY_CAST(${date} AS TIMESTAMP))`;
const firstOf = (year: string, month: string): string =>
  dayUs(`${year} || '-' || lpad((${month})::VARCHAR, 2, '0') || '-01'`);
function matching(pattern: string): (text: string) => boolean {
  const regex = new RegExp(pattern, 'i');
  return (text) => regex.test(text.trim());
}

const QUARTER_WORD = '(?:Q|Qtr\\.?|quarter|Quartal|trimestre|trim\\.?|T)';
/** Years of two digits are those from 1969 to 2068, as strptime reads them. */
const ANY_YEAR = "(\\d{4}|'?\\d{2})";
const SIGNS = '[-/:, ]{0,2}';
const FISCAL = '(?:FY ?)?';
const QUARTER = `^${FISCAL}${ANY_YEAR}${SIGNS}${QUARTER_WORD}[- ]?([1-4])$`;
const QUARTER_FIRST = `^(?:${QUARTER_WORD}[- ]?([1-4])|([1-4])(?:\\.|st|nd|rd|th|er|e|º)? ?${QUARTER_WORD})${SIGNS}${FISCAL}${ANY_YEAR}$`;
const HALF_WORD = '(?:H|HY|half|Halbjahr|semestre|sem\\.?|S)';
const HALF = `^${FISCAL}(\\d{4})${SIGNS}${HALF_WORD}[- ]?([12])$`;
const HALF_FIRST = `^(?:${HALF_WORD}[- ]?([12])|([12])(?:\\.|st|nd|er|e|º)? ?${HALF_WORD})${SIGNS}${FISCAL}(\\d{4})$`;
const QUARTER_DOT = '^(\\d{4})\\.([1-4])$';
const WEEK_WORD = '(?:W|KW|CW|wk|week|Woche|semaine|semana|uge)[ .-]?';
const WEEK = `^(\\d{4})${SIGNS}${WEEK_WORD}(\\d{1,2})(?:-?([1-7]))?$`;
const WEEK_FIRST = `^${WEEK_WORD}(\\d{1,2})[-/,. ]{1,2}(\\d{4})$`;
const YEAR_DAY = '^(19\\d{2}|20\\d{2})[-./ ]?([0-3]\\d{2})$';
const YEAR_WEEK = '^(\\d{4})-?(\\d{2})$';
const MONTH = '^(\\d{4})[- ]?M(0?[1-9]|1[0-2])$';
const YEAR = '^(?:FY ?)?(\\d{4})(?:\\.0+|[-/](?:\\d{4}|\\d{2}))?$';
const SHORT_FISCAL = '^FY ?(\\d{2})(?:[-/]\\d{2})?$';
const EXCEL_DAY = '^[2-7]\\d{4}(?:[.,]\\d+)?$';
const NUMBER = '^[+-]?\\d{1,8}(?:[.,]\\d*)?(?:e[+-]?\\d{1,2})?$';
const ELAPSED_CLOCK = '^(\\d{1,4}):([0-5]\\d):([0-5]\\d(?:[.,]\\d{1,6})?)$';
const YEAR_AND_QUARTER = `^(\\d{4}) (?:${QUARTER_WORD} ?)?([1-4])$`;
const YEAR_AND_WEEK = `^(\\d{4}) (?:${WEEK_WORD})?(\\d{1,2})$`;

const fullYear = (text: string): string => {
  const digits = `ltrim(${text}, '''')`;
  return `CASE WHEN length(${digits}) = 4 THEN ${digits} WHEN ${digits} >= '69' THEN '19' || ${digits} ELSE '20' || ${digits} END`;
};

function quarterSql(x: string): string {
  const year = `(${fullYear(`coalesce(${group(x, QUARTER, 1)}, ${group(x, QUARTER_FIRST, 3)})`)})`;
  const quarter = `coalesce(${group(x, QUARTER, 2)}, ${group(x, QUARTER_FIRST, 1)}, ${group(x, QUARTER_FIRST, 2)})`;
  return firstOf(year, `${quarter}::INTEGER * 3 - 2`);
}

function halfSql(x: string): string {
  const year = `coalesce(${group(x, HALF, 1)}, ${group(x, HALF_FIRST, 3)})`;
  const half = `coalesce(${group(x, HALF, 2)}, ${group(x, HALF_FIRST, 1)}, ${group(x, HALF_FIRST, 2)})`;
  return firstOf(year, `${half}::INTEGER * 6 - 5`);
}

const isYearDay = (text: string): boolean => {
  const [, , day] = new RegExp(YEAR_DAY).exec(text.trim()) ?? [];
  return day !== undefined && Number(day) >= 1 && Number(day) <= 366;
};

/** Day 366 is one of a leap year only. */
function yearDaySql(x: string): string {
  const first = `TRY_CAST(${group(x, YEAR_DAY, 1)} || '-01-01' AS DATE)`;
  const day = `TRY_CAST(${group(x, YEAR_DAY, 2)} AS INTEGER)`;
  const date = `${first} + (${day} - 1)`;
  return `CASE WHEN ${day} >= 1 AND year(${date}) = year(${first}) THEN epoch_us((${date})::TIMESTAMP) END`;
}

/** The Monday of the first ISO week is that of the week of January 4th. */
function weekSql(x: string, pattern: string, [year, number] = [1, 2]): string {
  const fourth = `TRY_CAST(${group(x, pattern, year)} || '-01-04' AS DATE)`;
  const week = `TRY_CAST(${group(x, pattern, number)} AS INTEGER)`;
  const day = pattern === WEEK ? `coalesce(${group(x, pattern, 3)}::INTEGER, 1)` : '1';
  const date = `${fourth} - (isodow(${fourth})::INTEGER - 1) + (${week} - 1) * 7 + (${day} - 1)`;
  return `CASE WHEN ${week} BETWEEN 1 AND 53 THEN epoch_us((${date})::TIMESTAMP) END`;
}

/** 2000/01 and 1999-2000: the second year follows the first. */
function isFiscalYear(text: string): boolean {
  const [, first, second] = /^(?:FY ?)?(\d{4}|(?<=FY ?)\d{2})[-/](\d{2}|\d{4})$/.exec(text.trim()) ?? [];
  if (first === undefined || second === undefined) return false;
  return (Number(first) + 1) % 100 === Number(second) % 100;
}

const counted = (x: string, unitUs: number): string =>
  `TRY_CAST(round(TRY_CAST(replace(${x}, ',', '.') AS DECIMAL(28, 9)) * ${unitUs}) AS BIGINT)`;

function elapsedClockSql(x: string): string {
  const part = (index: number) => `replace(${group(x, ELAPSED_CLOCK, index)}, ',', '.')`;
  const minutes = `TRY_CAST(${part(1)} AS BIGINT) * 60 + TRY_CAST(${part(2)} AS BIGINT)`;
  return `(${minutes}) * 60000000 + TRY_CAST(round(TRY_CAST(${part(3)} AS DECIMAL(18, 9)) * 1000000) AS BIGINT)`;
}

/** Microseconds of a unit that the name of a column of elapsed times may say. */
const ELAPSED: readonly (readonly [string, number, string])[] = [
  ['elapsed-s', 1_000_000, 'seconds'],
  ['elapsed-ms', 1_000, 'milliseconds'],
  ['elapsed-min', 60_000_000, 'minutes'],
  ['elapsed-h', 3_600_000_000, 'hours'],
];

const IS_FISCAL = /FY/i;
const YEAR_DAY_NOTE = 'The times were read as year and day of the year (2024001 is January 1st).';

export const CALENDAR_FORMS: readonly NamedForm[] = [
  {
    label: 'fiscal-quarter',
    fits: (text) =>
      IS_FISCAL.test(text) &&
      [QUARTER, QUARTER_FIRST, HALF, HALF_FIRST].some((pattern) => matching(pattern)(text)),
    weak: false,
    sql: (x) => `coalesce(${quarterSql(x)}, ${halfSql(x)})`,
    note: 'The times are quarters or halves of fiscal years: they were read as those of the calendar year.',
  },
  {
    label: 'quarter',
    fits: (text) =>
      !IS_FISCAL.test(text) &&
      (matching(QUARTER)(text) || matching(QUARTER_FIRST)(text)) &&
      // T1-05 is rather a name than a quarter.
      (/\d{4}/.test(text) || /q|tri/i.test(text)),
    weak: false,
    sql: quarterSql,
  },
  {
    label: 'quarter-dot',
    fits: matching(QUARTER_DOT),
    weak: true,
    name: /quarter|quartal|qtr|trimest|period|^q$/i,
    sql: (x) => firstOf(group(x, QUARTER_DOT, 1), `${group(x, QUARTER_DOT, 2)}::INTEGER * 3 - 2`),
    note: 'Times such as 2010.1 were read as quarters.',
  },
  {
    label: 'half-year',
    fits: (text) => !IS_FISCAL.test(text) && (matching(HALF)(text) || matching(HALF_FIRST)(text)),
    weak: false,
    sql: halfSql,
  },
  { label: 'iso-week', fits: matching(WEEK), weak: false, sql: (x) => weekSql(x, WEEK) },
  {
    label: 'iso-week-first',
    fits: matching(WEEK_FIRST),
    weak: false,
    sql: (x) => weekSql(x, WEEK_FIRST, [2, 1]),
    note: 'The times are weeks: each was read as the Monday of that ISO week.',
  },
  {
    label: 'year-day',
    fits: (text) => isYearDay(text) && /\D/.test(text.trim()),
    weak: false,
    sql: yearDaySql,
    note: YEAR_DAY_NOTE,
  },
  {
    label: 'year-day-digits',
    fits: (text) => isYearDay(text) && !/\D/.test(text.trim()),
    weak: true,
    name: /date|time|day|doy|jul|datum|zeit|tag|yyyy|jjjj/i,
    sql: yearDaySql,
    note: YEAR_DAY_NOTE,
  },
  {
    label: 'year-week',
    fits: matching(YEAR_WEEK),
    weak: true,
    name: /week|woche|semaine|semana|wk$|^kw$/i,
    sql: (x) => weekSql(x, YEAR_WEEK),
    note: 'The digits of the times were read as year and ISO week, and a week as its Monday.',
  },
  {
    label: 'month-code',
    fits: matching(MONTH),
    weak: false,
    sql: (x) => firstOf(group(x, MONTH, 1), group(x, MONTH, 2)),
  },
  {
    label: 'fiscal-year',
    fits: (text) => isFiscalYear(text) || /^FY ?(\d{4}|\d{2})$/.test(text.trim()),
    weak: false,
    sql: (x) => firstOf(`coalesce(${group(x, YEAR, 1)}, ${fullYear(group(x, SHORT_FISCAL, 1))})`, '1'),
    note: 'The times are fiscal years: each was read as January 1st of its first year.',
  },
  {
    label: 'decimal-year',
    fits: matching('^[12]\\d{3}\\.0+$'),
    weak: true,
    name: /year|yr|jahr|date|time/i,
    sql: (x) => firstOf(group(x, YEAR, 1), '1'),
  },
];

/** Tried behind the days that other programs count, whose names say more. */
const EXCEL: NamedForm = {
  label: 'excel-day',
  fits: matching(EXCEL_DAY),
  weak: true,
  name: /date|time|datum|zeit|stamp|fecha|day|tag$|month|monat|week|quarter|period/i,
  // Days since 1899-12-30; fractions of a day are rounded to seconds.
  sql: (x) =>
    `TRY_CAST(round((TRY_CAST(replace(${x}, ',', '.') AS DOUBLE) - 25569) * 86400) AS BIGINT) * 1000000`,
  note: 'The times are day numbers of a spreadsheet (days since 1899-12-30).',
};

/** A year and `M01` to `M12`, as the statistics of labour have them. */
export const MONTH_CODES = 'year-and-month-code';
const YEAR_AND_CODE = '^(\\d{4}) M(0[1-9]|1[0-2])$';

/** Of columns that hold a year and a part of it; no text of one column is read so. */
const PART_FORMS: readonly NamedForm[] = [
  {
    label: 'year-and-quarter',
    fits: () => false,
    weak: false,
    sql: (x) => firstOf(group(x, YEAR_AND_QUARTER, 1), `${group(x, YEAR_AND_QUARTER, 2)}::INTEGER * 3 - 2`),
  },
  {
    label: MONTH_CODES,
    fits: () => false,
    weak: false,
    sql: (x) => firstOf(group(x, YEAR_AND_CODE, 1), group(x, YEAR_AND_CODE, 2)),
  },
  { label: 'year-and-week', fits: () => false, weak: false, sql: (x) => weekSql(x, YEAR_AND_WEEK) },
];

/** Tried last: numbers that only count. */
export const COUNTED_FORMS: readonly NamedForm[] = [
  {
    label: 'elapsed-clock',
    fits: matching(ELAPSED_CLOCK),
    weak: true,
    sql: elapsedClockSql,
    note: 'these times have no date: they were read as hours, minutes and seconds from a start, which stands as 1970-01-01T00:00:00Z.',
  },
  ...ELAPSED.map(
    ([label, unitUs, unit]): NamedForm => ({
      label,
      fits: matching(NUMBER),
      weak: true,
      sql: (x) => counted(x, unitUs),
      note: `these times have no date: they were read as ${unit} from a start, which stands as 1970-01-01T00:00:00Z.`,
    }),
  ),
  {
    label: 'step',
    fits: matching('^\\d{1,8}$'),
    weak: true,
    sql: (x) => counted(x, 1_000_000),
    note: 'these times are whole numbers without a calendar: step n stands as n seconds after 1970-01-01T00:00:00Z.',
  },
];

/** Times of this form count from a start of their own. */
export const isCounted = (label: string): boolean => COUNTED_FORMS.some((form) => form.label === label);

export const NAMED_FORMS: readonly NamedForm[] = [
  ...CALENDAR_FORMS,
  ...DAY_COUNTS,
  EXCEL,
  ...PART_FORMS,
  ...COUNTED_FORMS,
];

/** Calendar forms that nearly all values of a sample have. */
export function calendarForms(values: readonly string[]): NamedForm[] {
  const forms = [...CALENDAR_FORMS, ...dayCounts(values), EXCEL];
  return forms.filter(({ label, fits }) => {
    const fitting = values.filter(fits).length;
    // Months of three years in a row are seldom a year and the next one.
    if (label === 'fiscal-year') return values.length >= 3 && fitting === values.length;
    return fitting > 0 && fitting * 20 >= values.length * 19;
  });
}
