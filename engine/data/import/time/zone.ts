// Converts local times of an IANA zone to UTC, as intervals of local time with one offset each.
//
// Where the clocks go forward, the local times in between do not exist: a gap. Where they go back, an hour occurs twice: the
// offset is that of its first occurrence, and only the order of the rows tells which of the two is meant (repeated-hours.ts).
import { HindcastError } from '../../../contract/values/errors.ts';

export interface LocalInterval {
  /** Local microseconds, as if they were UTC; the interval ends where the next one starts. */
  readonly fromUs: number;
  /** Local time minus UTC, microseconds; null in a gap. */
  readonly offsetUs: number | null;
  /** These local times occur twice, the second time so much later, microseconds; 0 where they occur once. */
  readonly againUs: number;
}

const DAY_MS = 86_400_000;
// No zone has changed its clocks twice within a week and gone back to the same offset.
const STEP_MS = 7 * DAY_MS;

function offsetReader(zone: string): (utcMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (utcMs) => {
    const parts: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(utcMs)) parts[type] = value;
    const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
    const local = new Date(0);
    local.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
    local.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
    return local.getTime() - Math.floor(utcMs / 1000) * 1000;
  };
}

/** The first millisecond in (low, high] with another offset than `low` has. */
function transition(offsetAt: (utcMs: number) => number, low: number, high: number): number {
  const before = offsetAt(low);
  let same = low;
  let different = high;
  while (different - same > 1) {
    const middle = Math.floor((same + different) / 2);
    if (offsetAt(middle) === before) same = middle;
    else different = middle;
  }
  return different;
}

/** Throws `invalid-input` where there is no such zone. */
export function checkZone(zone: string): void {
  // Loading the names of all zones takes a tenth of a small import.
  if (zone === 'UTC') return;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
  } catch (cause) {
    const message = `There is no time zone "${zone}"; use an IANA name such as Europe/Berlin or UTC.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'timeZone' }, cause });
  }
}

export interface UtcInterval {
  /** Microseconds UTC; the interval ends where the next one starts. */
  readonly fromUs: number;
  /** Local time minus UTC, microseconds. */
  readonly offsetUs: number;
}

/** Intervals with one offset each, from `fromUs` to `toUs`; the first one starts at `fromUs` or before. */
export function utcIntervals(zone: string, fromUs: number, toUs: number): UtcInterval[] {
  const offsetAt = offsetReader(zone);
  const last = Math.ceil(toUs / 1000);
  const intervals: UtcInterval[] = [];
  for (let at = Math.floor(fromUs / 1000); ; ) {
    const offset = offsetAt(at);
    intervals.push({ fromUs: at * 1000, offsetUs: offset * 1000 });
    let next = at;
    do {
      at = next;
      next = at + STEP_MS;
    } while (at < last && offsetAt(next) === offset);
    if (at >= last) return intervals;
    at = transition(offsetAt, at, next);
  }
}

/** Intervals that cover the local times from `fromUs` to `toUs`; the first one starts before. */
export function localIntervals(zone: string, fromUs: number, toUs: number): LocalInterval[] {
  const offsetAt = offsetReader(zone);
  // A date is at most ±14 hours from UTC; two days are margin.
  const first = Math.floor(fromUs / 1000) - 2 * DAY_MS;
  const last = Math.ceil(toUs / 1000) + 2 * DAY_MS;
  let offset = offsetAt(first);
  const intervals: LocalInterval[] = [
    { fromUs: (first + offset) * 1000, offsetUs: offset * 1000, againUs: 0 },
  ];
  for (let at = first; at < last; ) {
    const next = Math.min(at + STEP_MS, last);
    if (offsetAt(next) === offset) {
      at = next;
      continue;
    }
    const change = transition(offsetAt, at, next);
    const after = offsetAt(change);
    const oldEnd = (change + offset) * 1000;
    const newStart = (change + after) * 1000;
    if (after > offset) {
      intervals.push({ fromUs: oldEnd, offsetUs: null, againUs: 0 });
      intervals.push({ fromUs: newStart, offsetUs: after * 1000, againUs: 0 });
    } else {
      intervals.push({ fromUs: newStart, offsetUs: offset * 1000, againUs: (offset - after) * 1000 });
      intervals.push({ fromUs: oldEnd, offsetUs: after * 1000, againUs: 0 });
    }
    offset = after;
    at = change;
  }
  return intervals;
}

/** A balanced CASE over the intervals; `value` gives the SQL of one interval. */
export function intervalSql(
  local: string,
  intervals: readonly LocalInterval[],
  value: (interval: LocalInterval) => string,
): string {
  const only = intervals[0];
  if (only === undefined) return 'NULL';
  if (intervals.length === 1) return value(only);
  const middle = intervals.length >> 1;
  const border = intervals[middle]?.fromUs ?? 0;
  const below = intervalSql(local, intervals.slice(0, middle), value);
  const above = intervalSql(local, intervals.slice(middle), value);
  return `CASE WHEN ${local} < ${border} THEN ${below} ELSE ${above} END`;
}
