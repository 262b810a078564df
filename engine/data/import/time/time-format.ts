// Formats of times: how each one looks (to find candidates in a sample) and how DuckDB reads it.
//
// A format is known by its label, which is also stored in the recipe and accepted as an option:
// - `detected`: ISO 8601 and its relatives (2000-01-02, 2000/1/2 3:04, 2000-01-02T03:04:05.678+01:00);
// - one strptime format, or several separated by `|`, tried in their order;
// - `epoch-s`, `epoch-ms`, `epoch-us`, `epoch-ns`: counted from 1970-01-01 UTC; `epoch`: each value in the unit that its size tells;
// - a name of named-forms.ts, such as `quarter`;
// - `hhmm:`, `nth-48:` and `hour-1-nth-4:` before the form of a date: the last word is a clock as digits without zeros before them, or the number
//   of an interval of the day, or the last two are an hour (the first of a day is 1) and an interval of it;
// - `months:` and `words:` before a form: the texts are rewritten first (month-words.ts, tidy.ts); `@1955` behind a form: years of two digits are those from 1955 on.
import { sqlText } from '../columns/number-style.ts';
import type { DayPart } from './day-part.ts';
import { monthsSql, monthsText } from './month-words.ts';
import { calendarForms, NAMED_FORMS, type NamedForm } from './named-forms.ts';
import { isInterval, tidySql, tidyText, ZONES, zoneWord } from './tidy.ts';

export interface TimeFormat {
  readonly label: string;
  /** BIGINT microseconds of the text expression `x`, NULL where it can't be read; a time without an offset is read as UTC. */
  sql(x: string): string;
  /** BOOLEAN: does `x` say its offset from UTC? */
  hasOffsetSql(x: string): string;
}

// Years 1000 to 9999: a two-digit year read as the year 99 is a mistake, not a time.
const EARLIEST_US = '-30610224000000000';
const LATEST_US = '253402300799999999';

function guarded(us: string): string {
  return `CASE WHEN ${us} BETWEEN ${EARLIEST_US} AND ${LATEST_US} THEN ${us} END`;
}

/** `2000-01-01 00:00:00`, with any sign between date and clock. */
const PLAIN_ISO = '____-__-_____:__:__';

/**
 * DuckDB casts `10:00:00+02` but not `10:00+02`, `10:00Z` or `10:00:00,5`, and a cast to TIMESTAMP (without zone) drops the
 * offset silently. So the cast is to TIMESTAMPTZ, and what it refuses is tried again, rewritten. Times whose form has no room for an offset take
 * the other cast, which is three times as fast.
 */
function isoSql(x: string): string {
  const upper = `replace(upper(trim(${x})), ',', '.')`;
  const zulu = `regexp_replace(${upper}, '(:\\d\\d(\\.\\d+)?)\\s*(UTC|GMT|Z)$', '\\1+00')`;
  const seconds = `regexp_replace(${zulu}, '([T ]\\d{1,2}:\\d{2})\\s*([+-]\\d{2}(:?\\d{2})?)?$', '\\1:00\\2')`;
  const joined = `regexp_replace(${seconds}, '(:\\d\\d(\\.\\d+)?)\\s+([+-]\\d)', '\\1\\3')`;
  const plain = `CASE WHEN ${x} LIKE '${PLAIN_ISO}' THEN TRY_CAST(${x} AS TIMESTAMP) END`;
  const zoned = `coalesce(TRY_CAST(trim(${x}) AS TIMESTAMPTZ), TRY_CAST(${joined} AS TIMESTAMPTZ))`;
  return `coalesce(epoch_us(${plain}), epoch_us(${zoned}))`;
}

const OFFSET = ':\\d\\d([.,]\\d+)?\\s*(Z|z|UTC|GMT|[+-]\\d\\d(:?\\d\\d)?)$';

const DETECTED: TimeFormat = {
  label: 'detected',
  sql: (x) => guarded(isoSql(x)),
  hasOffsetSql: (x) => `regexp_matches(trim(${x}), ${sqlText(OFFSET)})`,
};

const EPOCHS: Readonly<Record<string, string>> = {
  'epoch-s': '* 1000000',
  'epoch-ms': '* 1000',
  'epoch-us': '* 1',
  'epoch-ns': '* 0.001',
};

function epochFormat(label: string, scale: string): TimeFormat {
  // Decimals, not doubles: microseconds of an epoch in seconds would be rounded. Wide enough for nanoseconds.
  const us = (x: string) => `TRY_CAST(trunc(TRY_CAST(trim(${x}) AS DECIMAL(28, 6)) ${scale}) AS BIGINT)`;
  return { label, sql: (x) => guarded(us(x)), hasOffsetSql: () => 'true' };
}

/** Ends of formats, and their form after a midnight written as 24. */
const MIDNIGHTS = [
  [' %H', ''],
  [' %H:%M', ':00'],
  [' %H:%M:%S', ':00:00'],
  [' %H%M', '00'],
] as const;

function strptimeFormat(label: string): TimeFormat {
  const list = label.split('|').map((format) => sqlText(format.trim()));
  const withOffset = /%z|%Z/.test(label);
  const read = (x: string) => `epoch_us(try_strptime(${x}, [${list.join(', ')}]))`;
  const ends = MIDNIGHTS.filter(([sign]) => label.split('|').some((one) => one.endsWith(sign)));
  const late = sqlText(` 24(${ends.map(([, rest]) => rest).join('|')})$`);
  // 24:00 is the first moment of the next day.
  const midnight = (x: string) => `${read(`regexp_replace(${x}, ${late}, ' 00\\1')`)} + 86400000000`;
  const clock = (x: string) =>
    `CASE WHEN ${x} LIKE '% 24%' AND regexp_matches(${x}, ${late}) THEN ${midnight(x)} ELSE ${read(x)} END`;
  return {
    label,
    sql: (x) => guarded(ends.length > 0 ? clock(`trim(${x})`) : read(`trim(${x})`)),
    hasOffsetSql: () => String(withOffset),
  };
}

/** Epochs of mixed units: seconds, milliseconds, microseconds and nanoseconds of our times differ by a thousand. */
const MIXED_EPOCH: TimeFormat = {
  label: 'epoch',
  sql: (x) => {
    const value = `TRY_CAST(trim(${x}) AS DECIMAL(28, 6))`;
    const us = (scale: string) => `TRY_CAST(trunc(${value} ${scale}) AS BIGINT)`;
    return guarded(
      `CASE WHEN abs(${value}) < 1e11 THEN ${us('* 1000000')} WHEN abs(${value}) < 1e14 THEN ${us('* 1000')} ` +
        `WHEN abs(${value}) < 1e17 THEN ${us('* 1')} ELSE ${us('* 0.001')} END`,
    );
  },
  hasOffsetSql: () => 'true',
};

const NAMED = new Map(NAMED_FORMS.map((form) => [form.label, form]));

function namedFormat({ label, sql }: NamedForm): TimeFormat {
  return { label, sql: (x) => guarded(sql(`trim(${x})`)), hasOffsetSql: () => 'false' };
}

const WORDS = 'words:';

function tidied({ label, sql, hasOffsetSql }: TimeFormat): TimeFormat {
  return {
    label: WORDS + label,
    sql: (x) => sql(tidySql(x)),
    hasOffsetSql: (x) => hasOffsetSql(tidySql(x)),
  };
}

const MONTHS = 'months:';

function withMonthWords({ label, sql, hasOffsetSql }: TimeFormat): TimeFormat {
  return { label: MONTHS + label, sql: (x) => sql(monthsSql(x)), hasOffsetSql };
}

/** Years of two digits lie in the hundred years from `start` on. */
function inCentury(format: TimeFormat, start: number): TimeFormat {
  const end = Date.UTC(start + 100, 0, 1) * 1000;
  return {
    label: `${format.label}@${start}`,
    sql: (x) => {
      const us = format.sql(x);
      return `CASE WHEN ${us} >= ${end} THEN epoch_us(make_timestamp(${us}) - INTERVAL 100 YEAR) ELSE ${us} END`;
    },
    hasOffsetSql: format.hasOffsetSql,
  };
}

const DAY_US = 86_400_000_000;

/** A date of some form and, behind a space, a whole number that tells the time of the day. */
function withDayPart(label: string, date: TimeFormat, us: (n: string) => string): TimeFormat {
  const day = (x: string) => `regexp_replace(trim(${x}), '\\s+\\S+$', '')`;
  const last = (x: string) => `TRY_CAST(regexp_extract(trim(${x}), '\\s(\\d{1,4})$', 1) AS INTEGER)`;
  return {
    label,
    sql: (x) => guarded(`${date.sql(day(x))} + ${us(last(x))}`),
    hasOffsetSql: () => 'false',
  };
}

const HOUR_US = DAY_US / 24;

/** A date of some form and, behind spaces, the number of an hour and that of an interval of it. */
function withHourPart(label: string, date: TimeFormat, first: number, perHour: number): TimeFormat {
  const day = (x: string) => `regexp_replace(trim(${x}), '\\s+\\S+\\s+\\S+$', '')`;
  const part = (x: string, group: number) =>
    `TRY_CAST(regexp_extract(trim(${x}), '\\s(\\d{1,2})\\s+(\\d{1,2})$', ${group}) AS INTEGER)`;
  const us = (hour: string, nth: string) =>
    `CASE WHEN ${hour} BETWEEN ${first} AND ${23 + first} AND ${nth} BETWEEN 1 AND ${perHour} ` +
    `THEN (${hour} - ${first})::BIGINT * ${HOUR_US} + (${nth} - 1)::BIGINT * ${HOUR_US / perHour} END`;
  return {
    label,
    sql: (x) => guarded(`${date.sql(day(x))} + ${us(part(x, 1), part(x, 2))}`),
    hasOffsetSql: () => 'false',
  };
}

const digitsUs = (n: string): string =>
  `CASE WHEN ${n} <= 2400 AND ${n} % 100 < 60 THEN (${n} // 100 * 60 + ${n} % 100)::BIGINT * 60000000 END`;

const intervalUs =
  (perDay: number) =>
  (n: string): string =>
    `CASE WHEN ${n} BETWEEN 1 AND ${perDay} THEN (${n} - 1)::BIGINT * ${DAY_US / perDay} END`;

/** The form of a date and a part of the day behind it. */
export function dayPartFormat(part: DayPart, date: TimeFormat): TimeFormat {
  switch (part.kind) {
    case 'hours':
      return timeFormat(date.label === 'detected' ? '%Y-%m-%d %H' : withHour(date.label));
    case 'digits':
      return timeFormat(`hhmm:${date.label}`);
    case 'intervals':
      return timeFormat(`nth-${part.perDay}:${date.label}`);
    case 'in-hour':
      return timeFormat(`hour-${part.firstHour}-nth-${part.perHour}:${date.label}`);
  }
}

const withHour = (label: string): string =>
  label
    .split('|')
    .map((one) => `${one} %H`)
    .join('|');

export function timeFormat(label: string): TimeFormat {
  const [, digits] = /^hhmm:(.+)$/.exec(label) ?? [];
  if (digits !== undefined) return withDayPart(label, timeFormat(digits), digitsUs);
  const [, perDay, day] = /^nth-(\d{1,4}):(.+)$/.exec(label) ?? [];
  if (day !== undefined) return withDayPart(label, timeFormat(day), intervalUs(Number(perDay)));
  const [, first, perHour, before] = /^hour-([01])-nth-(\d{1,2}):(.+)$/.exec(label) ?? [];
  if (before !== undefined) return withHourPart(label, timeFormat(before), Number(first), Number(perHour));
  if (label.startsWith(MONTHS)) return withMonthWords(timeFormat(label.slice(MONTHS.length)));
  if (label.startsWith(WORDS)) return tidied(timeFormat(label.slice(WORDS.length)));
  const [, inner, start] = /^(.*%y.*)@(\d{4})$/.exec(label) ?? [];
  if (inner !== undefined) return inCentury(timeFormat(inner), Number(start));
  const scale = EPOCHS[label];
  if (scale !== undefined) return epochFormat(label, scale);
  if (label === MIXED_EPOCH.label) return MIXED_EPOCH;
  const named = NAMED.get(label);
  if (named !== undefined) return namedFormat(named);
  return label === 'detected' ? DETECTED : strptimeFormat(label);
}

interface Family {
  /** Date parts of the format, alternatives of one another. */
  readonly dates: readonly string[];
  readonly pattern: string;
  /** A time of day may follow. */
  readonly clock: boolean | 'bare';
  /** Bare numbers are times only where something else says so. */
  readonly weak?: boolean;
}

const D = '\\d{1,2}';
const Y = '[12]\\d{3}';
/** English: other languages are rewritten first. A name such as Meter2001 is no month. */
const MONTH = `(?:${['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  .map((name) => [...name].map((one) => `[${one.toUpperCase()}${one.toLowerCase()}]`).join(''))
  .join('|')})[A-Za-z]{0,6}\\.?`;
const DAY_AND_HOUR = `(19|20)\\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])([01]\\d|2[0-3])`;

const FAMILIES: readonly Family[] = [
  // ISO dates with a clock that no cast reads.
  { dates: ['%Y-%m-%d'], pattern: `${Y}-${D}-${D}`, clock: 'bare' },
  { dates: ['%Y/%m/%d'], pattern: `${Y}/${D}/${D}`, clock: 'bare' },
  // Parts of a date in columns of their own, and a clock.
  { dates: ['%Y %m %d'], pattern: `${Y} ${D} ${D}`, clock: true },
  { dates: ['%Y.%m.%d'], pattern: `${Y}\\.${D}\\.${D}`, clock: true },
  { dates: ['%d.%m.%Y'], pattern: `${D}\\.${D}\\.${Y}`, clock: true },
  { dates: ['%d.%m.%y'], pattern: `${D}\\.${D}\\.\\d{2}`, clock: true },
  { dates: ['%m/%d/%Y'], pattern: `${D}/${D}/${Y}`, clock: true },
  { dates: ['%d/%m/%Y'], pattern: `${D}/${D}/${Y}`, clock: true },
  { dates: ['%m-%d-%Y'], pattern: `${D}-${D}-${Y}`, clock: true },
  { dates: ['%d-%m-%Y'], pattern: `${D}-${D}-${Y}`, clock: true },
  { dates: ['%m/%d/%y'], pattern: `${D}/${D}/\\d{2}`, clock: true },
  { dates: ['%d/%m/%y'], pattern: `${D}/${D}/\\d{2}`, clock: true },
  { dates: ['%y/%m/%d'], pattern: `\\d{2}/${D}/${D}`, clock: true },
  { dates: ['%y-%m-%d'], pattern: `\\d{2}-${D}-${D}`, clock: true },
  { dates: ['%y.%m.%d'], pattern: `\\d{2}\\.${D}\\.${D}`, clock: true },
  { dates: ['%b %d %Y', '%B %d %Y'], pattern: `${MONTH} ${D} ${Y}`, clock: true },
  { dates: ['%b %d, %Y', '%B %d, %Y'], pattern: `${MONTH} ${D}, ${Y}`, clock: true },
  { dates: ['%d %b %Y', '%d %B %Y'], pattern: `${D} ${MONTH} ${Y}`, clock: true },
  { dates: ['%d-%b-%Y', '%d-%B-%Y'], pattern: `${D}-${MONTH}-${Y}`, clock: true },
  { dates: ['%d-%b-%y'], pattern: `${D}-${MONTH}-\\d{2}`, clock: true },
  { dates: ['%Y-%b-%d'], pattern: `${Y}-${MONTH}-${D}`, clock: true },
  { dates: ['%b %Y', '%B %Y'], pattern: `${MONTH} ${Y}`, clock: false },
  { dates: ['%b-%Y', '%B-%Y'], pattern: `${MONTH}-${Y}`, clock: false },
  { dates: ['%b-%y'], pattern: `${MONTH}-\\d{2}`, clock: false },
  { dates: ["%b '%y"], pattern: `${MONTH} '\\d{2}`, clock: false },
  { dates: ["%b'%y"], pattern: `${MONTH}'\\d{2}`, clock: false },
  { dates: ['%b/%Y', '%B/%Y'], pattern: `${MONTH}/${Y}`, clock: false },
  { dates: ['%b/%y'], pattern: `${MONTH}/\\d{2}`, clock: false },
  { dates: ['%b%Y', '%B%Y'], pattern: `${MONTH}${Y}`, clock: false },
  { dates: ['%Y %b', '%Y %B'], pattern: `${Y} ${MONTH}`, clock: false },
  { dates: ['%Y-%b', '%Y-%B'], pattern: `${Y}-${MONTH}`, clock: false },
  { dates: ['%Y%b', '%Y%B'], pattern: `${Y}${MONTH}`, clock: false },
  { dates: ['%d%b%Y', '%d%B%Y'], pattern: `${D}${MONTH}${Y}`, clock: true },
  { dates: ['%d%b%y'], pattern: `${D}${MONTH}\\d{2}`, clock: true },
  { dates: ['%d/%b/%Y', '%d/%B/%Y'], pattern: `${D}/${MONTH}/${Y}`, clock: true },
  { dates: ['%d.%b.%Y', '%d.%B.%Y'], pattern: `${D}\\.${MONTH}\\.${Y}`, clock: true },
  { dates: ['%y-%b'], pattern: `\\d{2}-${MONTH}`, clock: false },
  { dates: ['%Y-%m'], pattern: `${Y}-${D}`, clock: false },
  { dates: ['%Y/%m'], pattern: `${Y}/${D}`, clock: false },
  { dates: ['%m/%Y'], pattern: `${D}/${Y}`, clock: false },
  { dates: ['%Y%m%dT%H%M%S'], pattern: `${Y}\\d{4}T\\d{6}`, clock: false },
  { dates: ['%Y%m%d'], pattern: `${Y}[01]\\d[0-3]\\d`, clock: true, weak: true },
  {
    dates: ['%Y%m%d%H%M%S'],
    pattern: `${Y}[01]\\d[0-3]\\d[0-2]\\d[0-5]\\d[0-6]\\d`,
    clock: false,
    weak: true,
  },
  { dates: ['%Y%m%d%H'], pattern: DAY_AND_HOUR, clock: false, weak: true },
  { dates: ['%Y%m%d%H%M'], pattern: `${Y}[01]\\d[0-3]\\d[0-2]\\d[0-5]\\d`, clock: false, weak: true },
  { dates: ['%Y%m'], pattern: `${Y}[01]\\d`, clock: false, weak: true },
  { dates: ['%Y'], pattern: Y, clock: false, weak: true },
];

const CLOCKS: readonly (readonly [string, string])[] = [
  ['', ''],
  [' %H:%M:%S', ' +\\d{1,2}:\\d{2}:\\d{2}'],
  [' %H:%M', ' +\\d{1,2}:\\d{2}'],
  [' %H:%M:%S.%f', ' +\\d{1,2}:\\d{2}:\\d{2}\\.\\d{1,6}'],
  [' %H:%M:%S.%n', ' +\\d{1,2}:\\d{2}:\\d{2}\\.\\d{7,9}'],
  [' %I:%M %p', ' +\\d{1,2}:\\d{2} [AaPp][Mm]'],
  [' %I:%M:%S %p', ' +\\d{1,2}:\\d{2}:\\d{2} [AaPp][Mm]'],
  [' %H:%M:%S %z', ' +\\d{1,2}:\\d{2}:\\d{2} +[+-]\\d{2}(:?\\d{2})?'],
  [' %H:%M:%S.%f %z', ' +\\d{1,2}:\\d{2}:\\d{2}\\.\\d{1,6} +[+-]\\d{2}(:?\\d{2})?'],
  [' %H:%M:%S.%n %z', ' +\\d{1,2}:\\d{2}:\\d{2}\\.\\d{7,9} +[+-]\\d{2}(:?\\d{2})?'],
  [' %H:%M %z', ' +\\d{1,2}:\\d{2} +[+-]\\d{2}(:?\\d{2})?'],
  [':%H%M', ':[0-2]\\d[0-5]\\d'],
];
/** Clocks without colons. */
const WRITTEN_CLOCKS: readonly (readonly [string, string])[] = [
  [' %H.%M.%S', ' +\\d{1,2}\\.\\d{2}\\.\\d{2}'],
  [' %H.%M.%S.%f', ' +\\d{1,2}\\.[0-5]\\d\\.[0-5]\\d\\.\\d{1,6}'],
  [' %H.%M.%S.%n', ' +\\d{1,2}\\.[0-5]\\d\\.[0-5]\\d\\.\\d{7,9}'],
  // As DB2 writes them.
  ['-%H.%M.%S', '-\\d{2}\\.[0-5]\\d\\.[0-5]\\d'],
  ['-%H.%M.%S.%f', '-\\d{2}\\.[0-5]\\d\\.[0-5]\\d\\.\\d{1,6}'],
  [' %H.%M', ' +\\d{1,2}\\.[0-5]\\d'],
  [' %H%M%S%g', ' +[0-2]\\d[0-5]\\d[0-5]\\d{4}'],
  [' %H%M%S', ' +[0-2]\\d[0-5]\\d[0-5]\\d'],
  [' %H%M', ' +[0-2]\\d[0-5]\\d'],
  // As Oracle writes them.
  [' %I.%M.%S.%f %p', ' +\\d{1,2}\\.[0-5]\\d\\.[0-5]\\d\\.\\d{1,6} [AaPp][Mm]'],
  [' %I.%M.%S.%n %p', ' +\\d{1,2}\\.[0-5]\\d\\.[0-5]\\d\\.\\d{7,9} [AaPp][Mm]'],
  [' %I.%M.%S.%f %p %z', ' +\\d{1,2}\\.[0-5]\\d\\.[0-5]\\d\\.\\d{1,6} [AaPp][Mm] +[+-]\\d{2}(:?\\d{2})?'],
  [' %I.%M.%S.%n %p %z', ' +\\d{1,2}\\.[0-5]\\d\\.[0-5]\\d\\.\\d{7,9} [AaPp][Mm] +[+-]\\d{2}(:?\\d{2})?'],
  [' %I.%M.%S %p', ' +\\d{1,2}\\.[0-5]\\d\\.[0-5]\\d [AaPp][Mm]'],
  [' %I.%M %p', ' +\\d{1,2}\\.[0-5]\\d [AaPp][Mm]'],
  [' %I:%M:%S.%f %p', ' +\\d{1,2}:\\d{2}:\\d{2}\\.\\d{1,9} [AaPp][Mm]'],
  [' %I %p', ' +\\d{1,2} [AaPp][Mm]'],
  [' %I%p', ' +\\d{1,2}[AaPp][Mm]'],
];
/** As they are written in columns of their own. */
const BARE_CLOCKS: readonly (readonly [string, string])[] = [
  ...WRITTEN_CLOCKS,
  [' %H', ' +\\d{1,2}'],
  [' %I:%M %p', ' +\\d{1,2}:\\d{2} [AaPp][Mm]'],
  [' %I:%M:%S %p', ' +\\d{1,2}:\\d{2}:\\d{2} [AaPp][Mm]'],
];

const ISO =
  /^[12]\d{3}([-/])\d{1,2}\1\d{1,2}([T ]\s*\d{1,2}:\d{2}(:\d{2}([.,]\d{1,9})?)?\s*(Z|z|UTC|GMT|[+-]\d{2}(:?\d{2})?)?)?$/;

// Epochs of the years 1979 to 2128, by number of digits; smaller numbers of nine digits are other things, such as clocks with milliseconds.
const EPOCH_SHAPES: readonly (readonly [string, RegExp])[] = [
  ['epoch-s', /^([1-4]\d{9}|[3-9]\d{8})(\.\d+)?$/],
  ['epoch-ms', /^([1-4]\d{12}|[3-9]\d{11})(\.\d+)?$/],
  ['epoch-us', /^([1-4]\d{15}|[3-9]\d{14})$/],
  ['epoch-ns', /^([1-4]\d{18}|[3-9]\d{17})$/],
];

export interface TimeCandidate {
  readonly format: TimeFormat;
  readonly weak: boolean;
  /** The same form with every kind of clock, for files whose later rows look different. */
  readonly wider: TimeFormat | null;
  /** What the column's name must say. */
  readonly name?: RegExp | undefined;
  /** What to say of it. */
  readonly note?: string | undefined;
}

interface Shape {
  readonly family: Family;
  /** With any of its clocks. */
  readonly any: RegExp;
  readonly clocks: readonly { readonly format: string; readonly regex: RegExp }[];
}

function clocksOf({ clock }: Family): readonly (readonly [string, string])[] {
  if (clock === 'bare') return BARE_CLOCKS;
  return clock ? [...CLOCKS, ...WRITTEN_CLOCKS] : CLOCKS.slice(0, 1);
}

const SHAPES: readonly Shape[] = FAMILIES.map((family) => ({
  family,
  any: new RegExp(
    `^${family.pattern}(?:${clocksOf(family)
      .map(([, pattern]) => pattern)
      .join('|')})$`,
  ),
  clocks: clocksOf(family).map(([format, pattern]) => ({
    format,
    regex: new RegExp(`^${family.pattern}${pattern}$`),
  })),
}));

function labelOf(family: Family, clocks: readonly string[]): string {
  return clocks.flatMap((clock) => family.dates.map((date) => date + clock)).join('|');
}

/** The form of a family whose shape at least half of the values have; its clocks are the ones that were seen. */
function candidateOf({ family, any, clocks }: Shape, values: readonly string[]): TimeCandidate | null {
  if (!values.some((value) => any.test(value))) return null;
  const seen = clocks
    .map(({ format, regex }) => ({ format, count: values.filter((value) => regex.test(value)).length }))
    .filter(({ count }) => count > 0);
  const matched = seen.reduce((sum, { count }) => sum + count, 0);
  if (matched * 2 < values.length || matched === 0) return null;
  seen.sort((a, b) => b.count - a.count);
  const all = clocks.map(({ format }) => format);
  return {
    format: timeFormat(
      labelOf(
        family,
        seen.map(({ format }) => format),
      ),
    ),
    // A date and a clock are no bare number.
    weak: family.weak === true && seen.every(({ format }) => format === ''),
    wider: all.length > seen.length ? timeFormat(labelOf(family, all)) : null,
  };
}

/** Clocks as digits, hours to milliseconds, that have no date: they are no epochs. */
export const DIGIT_CLOCK = /^([01]\d|2[0-3])[0-5]\d[0-5]\d(\d{3})?$/;

/** The year changes or the month moves ahead while the number before it stays: `20-Jan` is January 2020, and no day of January. */
function countsYears(values: readonly string[]): boolean {
  let months = 0;
  let days = 0;
  for (let i = 1; i < values.length; i++) {
    const [number, month] = (values[i] ?? '').split('-');
    const [before, monthBefore] = (values[i - 1] ?? '').split('-');
    if (month !== monthBefore && (number === before || month?.startsWith('Jan'))) months++;
    if (month === monthBefore && number !== before) days++;
  }
  return months > days;
}

function epochsOf(values: readonly string[]): TimeCandidate[] {
  const shapes = EPOCH_SHAPES.map(([label, shape]) => ({
    label,
    count: values.filter((value) => shape.test(value)).length,
  })).filter(({ count }) => count > 0);
  const all = shapes.reduce((sum, { count }) => sum + count, 0);
  if (all * 2 < values.length || all === 0) return [];
  // Digits that all are days and hours, or clocks, are no epochs: those seldom are.
  const days = new RegExp(`^${DAY_AND_HOUR}([0-5]\\d)?$`);
  if (values.every((value) => days.test(value))) return [];
  if (values.length >= 3 && values.every((value) => DIGIT_CLOCK.test(value))) return [];
  const mixed = timeFormat(MIXED_EPOCH.label);
  const [only] = shapes;
  const format = shapes.length === 1 && only ? timeFormat(only.label) : mixed;
  const note =
    'The times are epochs of several units (seconds, milliseconds or microseconds): each was read in the unit that its size tells.';
  return [
    { format, weak: true, wider: format === mixed ? null : mixed, note: format === mixed ? note : undefined },
  ];
}

/** Numbers that no form of a time has: all others have four digits before the point, or further signs. */
const NO_TIME = /^(\+?\d{0,3}|-\d*)(\.\d*)?$/;

/** The forms that a sample of non-missing values may have. */
export function candidateFormats(values: readonly string[]): TimeCandidate[] {
  const trimmed = values.map((value) => value.trim());
  if (trimmed.every((text) => NO_TIME.test(text))) return [];
  const found = formsOf(trimmed);
  const english = trimmed.map(monthsText);
  if (english.filter((text, i) => text !== trimmed[i]).length * 4 >= trimmed.length) {
    const months = formsOf(english).filter(({ weak }) => !weak);
    if (months.length > 0)
      return months.map((one) => ({
        ...one,
        format: withMonthWords(one.format),
        wider: one.wider && withMonthWords(one.wider),
      }));
  }
  if (found.some(({ weak }) => !weak)) return found;
  const tidy = trimmed.map(tidyText);
  if (tidy.every((text, i) => text === trimmed[i])) return found;
  const words = formsOf(tidy).filter(({ weak }) => !weak);
  return [
    ...found,
    ...words.map((one) => ({
      ...one,
      format: tidied(one.format),
      wider: one.wider && tidied(one.wider),
      note: notesTogether(zoneNote(trimmed), intervalNote(trimmed)) ?? one.note,
    })),
  ];
}

function intervalNote(values: readonly string[]): string | undefined {
  if (values.filter(isInterval).length * 2 < values.length) return undefined;
  return `The times are intervals such as "${values[0]}": the start of each was taken.`;
}

const notesTogether = (...notes: readonly (string | undefined)[]): string | undefined => {
  const said = notes.filter((note) => note !== undefined);
  return said.length === 0 ? undefined : said.join(' ');
};

function zoneNote(values: readonly string[]): string | undefined {
  const words = new Set(values.map(zoneWord).filter((word) => word !== null));
  if (words.size === 0) return undefined;
  const named = [...words].map((word) => `${word} as ${ZONES[word]}`).join(', ');
  return `Zones that stand as words in the times were read as offsets from UTC: ${named}.`;
}

function formsOf(values: readonly string[]): TimeCandidate[] {
  const found: TimeCandidate[] = [];
  if (values.filter((value) => ISO.test(value)).length * 2 >= values.length) {
    found.push({ format: DETECTED, weak: false, wider: null });
  }
  found.push(...epochsOf(values));
  const named = calendarForms(values);
  const isFiscal = named.some(({ label }) => label === 'fiscal-year');
  for (const shape of SHAPES) {
    const [date = ''] = shape.family.dates;
    if (isFiscal && /^%Y[-/]%m$/.test(date)) continue;
    if (date === '%y-%b' && !countsYears(values)) continue;
    const candidate = candidateOf(shape, values);
    if (candidate !== null) found.push(candidate);
  }
  for (const form of named) {
    const { weak, name, note } = form;
    found.push({ format: namedFormat(form), weak, wider: null, name, note });
  }
  return found;
}

/** Does a single value look like a time, and not like a number or a name? */
export function looksLikeTime(text: string): boolean {
  // Every time has a digit: names of columns are told quickly.
  return /\d/.test(text) && candidateFormats([text]).some(({ weak }) => !weak);
}
