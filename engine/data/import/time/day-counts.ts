// Times as one number: years with a fraction (2001.0417), and days that astronomers, MATLAB and Python count from a day of their own.
import { sqlText } from '../columns/number-style.ts';
import type { NamedForm } from './named-form.ts';

const YEAR_NUMBER = '^([12]\\d{3})(?:[.,](\\d+))?$';
const OF_YEAR = /^([12]\d{3})(?:[.,](\d+))?$/;

interface YearNumber {
  readonly year: number;
  readonly fraction: number;
  readonly decimals: number;
}

function yearNumber(text: string): YearNumber | null {
  const [, year, digits = ''] = OF_YEAR.exec(text.trim()) ?? [];
  if (year === undefined || Number(year) < 1600 || Number(year) > 2200) return null;
  return { year: Number(year), fraction: Number(`0.${digits || '0'}`), decimals: digits.length };
}

/** Twelfths of a year that rounding or cutting off takes away, by decimals; few decimals are halves and quarters, which are exact. */
const LOST = [0.002, 0.002, 0.125, 0.0125] as const;
const lostOf = (decimals: number): number => LOST[decimals] ?? 0.002;

/** Days of a month between which its middle lies, as NOAA writes it (1958.2027 is March 15th). */
const MIDDLE = [14, 17] as const;

function isMiddle({ year, fraction }: YearNumber): boolean {
  const [start, end] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
  const day = new Date(start + fraction * (end - start)).getUTCDate();
  return day >= MIDDLE[0] && day <= MIDDLE[1];
}

/** The beginning of a month as twelfths of the year, or its middle. */
function isMonth(text: string): boolean {
  const number = yearNumber(text);
  if (number === null) return false;
  const half = number.fraction * 24;
  return (
    Math.abs(half - Math.round(half)) <= 2 * lostOf(number.decimals) ||
    (number.decimals > 2 && isMiddle(number))
  );
}

/** Numbers with a twelfth of a year are no seconds: halves and quarters may be. */
function areTwelfths(values: readonly string[]): boolean {
  const numbers = values.map(yearNumber).filter((one) => one !== null);
  const twelfths = numbers.filter(
    ({ fraction, decimals }) => decimals > 2 && Math.abs(fraction * 4 - Math.round(fraction * 4)) > 0.02,
  );
  return twelfths.length * 2 >= numbers.length && twelfths.length > 2;
}

const part = (x: string, index: number): string => `regexp_extract(${x}, ${sqlText(YEAR_NUMBER)}, ${index})`;
const fractionOf = (x: string): string => `coalesce(TRY_CAST('0.' || ${part(x, 2)} AS DOUBLE), 0)`;

/** Twelfths that are nearly whole are the beginnings of months. */
function monthSql(x: string): string {
  const year = `TRY_CAST(${part(x, 1)} AS INTEGER)`;
  const twelfths = `${fractionOf(x)} * 12`;
  const month = `CASE WHEN abs(${twelfths} - round(${twelfths})) <= 0.13 THEN round(${twelfths}) ELSE floor(${twelfths}) END`;
  return `epoch_us(TRY_CAST(${year} || '-01-01' AS TIMESTAMP) + to_months(CAST(${month} AS INTEGER)))`;
}

/** Seconds that a number of decimals of a year still tells apart. */
const yearGrid = (decimals: string): string =>
  `(CASE ${decimals} WHEN 4 THEN 3600 WHEN 5 THEN 600 WHEN 6 THEN 60 ELSE CASE WHEN ${decimals} < 4 THEN 43200 ELSE 1 END END)`;
/** The same of a day, so that hours are whole and no two times become one. Fewer decimals are exact: halves and quarters. */
const dayGrid = (decimals: string): string => `(CASE ${decimals} WHEN 3 THEN 60 WHEN 4 THEN 6 ELSE 1 END)`;

function yearSql(x: string): string {
  const year = `TRY_CAST(${part(x, 1)} AS INTEGER)`;
  const first = `TRY_CAST(${year} || '-01-01' AS TIMESTAMP)`;
  const seconds = `${fractionOf(x)} * (epoch_us(${first} + INTERVAL 1 YEAR) - epoch_us(${first})) / 1000000`;
  const grid = yearGrid(`length(${part(x, 2)})`);
  return `epoch_us(${first}) + CAST(round(${seconds} / ${grid}) AS BIGINT) * ${grid} * 1000000`;
}

/** Days from a day of their own: `zero` of them lie before 1970-01-01. */
const daysSql =
  (zero: number) =>
  (x: string): string => {
    const text = `replace(${x}, ',', '.')`;
    const seconds = `(TRY_CAST(${text} AS DOUBLE) - ${zero}) * 86400`;
    const grid = dayGrid(`length(regexp_extract(${text}, '\\.(\\d+)$', 1))`);
    return `TRY_CAST(round(${seconds} / ${grid}) AS BIGINT) * ${grid} * 1000000`;
  };

const DECIMAL_NAME =
  /^(decimal|dec|frac\w*)?[ _.-]*(year|yr|date|datum|jahr)[ _.-]*\(?(decimal|dec|frac\w*)?\)?$|(decimal|fractional).{0,2}(year|date|time)/i;
/** Names under which twelfths of a year are no elapsed seconds. */
const TIME_NAME = /^(time|t|x|index|)$/i;
const days = (pattern: string) => {
  const regex = new RegExp(`^${pattern}(?:[.,]\\d*)?$`);
  return (text: string) => regex.test(text.trim());
};

const MONTHS: NamedForm = {
  label: 'decimal-month',
  fits: isMonth,
  weak: true,
  name: DECIMAL_NAME,
  sql: monthSql,
  note: 'The times are years with a fraction (2001.0417): each was read as its month.',
};

const FRACTIONS: NamedForm = {
  label: 'year-fraction',
  fits: (text) => (yearNumber(text)?.decimals ?? 1) !== 1,
  weak: true,
  name: DECIMAL_NAME,
  sql: yearSql,
  note: 'The times are years with a fraction (2001.5 is the middle of 2001): each was rounded to what its decimals tell.',
};

const DAYS: readonly NamedForm[] = [
  {
    label: 'julian-date',
    fits: days('2[34]\\d{5}'),
    weak: true,
    name: /^(.*[ _])?([bh]?jd)([ _(].*)?$|julian.{0,2}(date|day)|^(julian|date)$/i,
    sql: daysSql(2_440_587.5),
    note: 'The times are Julian dates (days from noon of 4713 BC on; 2451545 is 2000-01-01T12:00).',
  },
  {
    label: 'modified-julian-date',
    fits: days('[1-7]\\d{4}'),
    weak: true,
    name: /^(.*[ _])?mjd([ _(].*)?$|modified.{0,2}julian/i,
    sql: daysSql(40_587),
    note: 'The times are modified Julian dates (days since 1858-11-17).',
  },
  {
    label: 'matlab-day',
    fits: days('[67]\\d{5}'),
    weak: true,
    name: /datenum|matlab|serial.?date/i,
    sql: daysSql(719_529),
    note: 'The times are day numbers of MATLAB (1 is January 1st of the year 0).',
  },
  {
    label: 'ordinal-day',
    fits: days('[67]\\d{5}'),
    weak: true,
    name: /^(.*[ _])?(to)?ordinal([ _].*)?$|rata.?die/i,
    sql: daysSql(719_163),
    note: 'The times are day numbers from January 1st of the year 1 on.',
  },
];

export const DAY_COUNTS: readonly NamedForm[] = [MONTHS, FRACTIONS, ...DAYS];

/** These forms, as a sample of values shows them. */
export function dayCounts(values: readonly string[]): readonly NamedForm[] {
  // Whole numbers are plain years.
  const broken = values.filter((text) => /[.,]\d*[1-9]/.test(text)).length;
  if (broken * 2 < values.length) return DAYS;
  if (!areTwelfths(values)) return DAY_COUNTS;
  const name = new RegExp(`${DECIMAL_NAME.source}|${TIME_NAME.source}`, 'i');
  return DAY_COUNTS.map((form) => (form === MONTHS ? { ...form, name } : form));
}
