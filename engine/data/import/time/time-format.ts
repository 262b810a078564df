// Formats of times: how DuckDB reads each one. How they look is in time-families.ts.
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
import { digitsUs, intervalUs, withDayPart, withHourPart } from './day-part-sql.ts';
import { guarded, type TimeFormat } from './format-sql.ts';
import { monthsSql } from './month-words.ts';
import type { NamedForm } from './named-form.ts';
import { NAMED_FORMS } from './named-forms.ts';
import { tidySql } from './tidy.ts';

export type { TimeFormat };

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

export const DETECTED: TimeFormat = {
  label: 'detected',
  sql: (x) => guarded(isoSql(x)),
  hasOffsetSql: (x) => `regexp_matches(trim(${x}), ${sqlText(OFFSET)})`,
};

const EPOCHS: Readonly<Record<string, string>> = {
  'epoch-s': '* 1000000',
  'epoch-ms': '* 1000',
  'epoch-us': '* 1',
  'epoch-ns': '* 0.001',
  'net-ticks': '* 0.1 - 62135596800000000',
  filetime: '* 0.1 - 11644473600000000',
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
export const MIXED_EPOCH: TimeFormat = {
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

export function namedFormat({ label, sql }: NamedForm): TimeFormat {
  return { label, sql: (x) => guarded(sql(`trim(${x})`)), hasOffsetSql: () => 'false' };
}

const WORDS = 'words:';

export function tidied({ label, sql, hasOffsetSql }: TimeFormat): TimeFormat {
  return {
    label: WORDS + label,
    sql: (x) => sql(tidySql(x)),
    hasOffsetSql: (x) => hasOffsetSql(tidySql(x)),
  };
}

const MONTHS = 'months:';

export function withMonthWords({ label, sql, hasOffsetSql }: TimeFormat): TimeFormat {
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
