// How DuckDB reads a date with whole numbers behind it that tell the time of the day.
import { guarded, type TimeFormat } from './format-sql.ts';

const DAY_US = 86_400_000_000;

/** A date of some form and, behind a space, a whole number that tells the time of the day. */
export function withDayPart(label: string, date: TimeFormat, us: (n: string) => string): TimeFormat {
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
export function withHourPart(label: string, date: TimeFormat, first: number, perHour: number): TimeFormat {
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

export const digitsUs = (n: string): string =>
  `CASE WHEN ${n} <= 2400 AND ${n} % 100 < 60 THEN (${n} // 100 * 60 + ${n} % 100)::BIGINT * 60000000 END`;

export const intervalUs =
  (perDay: number) =>
  (n: string): string =>
    `CASE WHEN ${n} BETWEEN 1 AND ${perDay} THEN (${n} - 1)::BIGINT * ${DAY_US / perDay} END`;
