// How often a series has a row, the length of its season, and the times of its next rows. All in UTC.
import { seasonOfMonths, seasonOfSeconds } from '../defaults/season.ts';
import { select } from './select.ts';
import { evenStep, stepNumbers } from './time-numbers.ts';

const SECOND_US = 1_000_000n;
const MINUTE_US = 60n * SECOND_US;
const HOUR_US = 60n * MINUTE_US;
const DAY_US = 24n * HOUR_US;

/** `day` skips the weekdays that the history never has; `month` keeps to the calendar. */
export type Frequency =
  | { readonly kind: 'fixed'; readonly stepUs: bigint }
  | { readonly kind: 'day'; readonly weekdays: ReadonlySet<number> }
  | { readonly kind: 'month'; readonly months: number; readonly dayOfMonth: number };

/** Null for fewer than two rows. The step is the median distance of neighbouring rows. */
export function detectFrequency(times: BigInt64Array): Frequency | null {
  if (times.length < 2) return null;
  const stepUs = medianStep(times);
  if (stepUs === DAY_US) return { kind: 'day', weekdays: weekdaysOf(times) };
  const days = Number(stepUs) / Number(DAY_US);
  const months = MONTH_STEPS.find(({ from, to }) => days >= from && days <= to)?.months;
  return months === undefined
    ? { kind: 'fixed', stepUs }
    : { kind: 'month', months, dayOfMonth: dayOfMonth(times) };
}

/** Days between rows that are a whole number of months apart; an hour to either side for summer time. */
const MONTH_STEPS = [
  { months: 1, from: 27.9, to: 31.1 },
  { months: 3, from: 89.9, to: 92.1 },
  { months: 6, from: 180.9, to: 184.1 },
  { months: 12, from: 364.9, to: 366.1 },
];

function medianStep(times: BigInt64Array): bigint {
  const even = evenStep(times);
  if (even !== null) return BigInt(even);
  const steps = stepNumbers(times);
  return BigInt(select(steps, steps.length >> 1));
}

function toDate(time: bigint): Date {
  return new Date(Number(time / 1000n));
}

/** Weekdays (0 = Sunday, UTC) that occur; all of them where the history is too short to decide. */
function weekdaysOf(times: BigInt64Array): Set<number> {
  const everyDay = new Set([0, 1, 2, 3, 4, 5, 6]);
  if (times.length < 14) return everyDay;
  const seen = new Set<number>();
  for (const time of times) {
    seen.add(toDate(time).getUTCDay());
    if (seen.size === 7) break;
  }
  return seen;
}

/** The day that monthly rows keep to, 31 for the ends of months; that of the last row where they keep to none. */
function dayOfMonth(times: BigInt64Array): number {
  const dates = Array.from(times, toDate);
  const latest = dates.reduce((day, date) => Math.max(day, date.getUTCDate()), 1);
  const keepsEnds = dates.every((date) => date.getUTCDate() === daysInMonth(date));
  if (keepsEnds) return 31;
  const keeps = dates.every((date) => date.getUTCDate() === Math.min(latest, daysInMonth(date)));
  return keeps ? latest : dates.at(-1)!.getUTCDate();
}

function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

/** Rows of one season: a day of rows within a day, a week of daily rows, a year of weekly or monthly ones; null for others. */
export function seasonOf(frequency: Frequency | null): number | null {
  if (frequency === null) return null;
  if (frequency.kind === 'day') return frequency.weekdays.size;
  if (frequency.kind === 'month') return seasonOfMonths(frequency.months);
  return seasonOfSeconds(Number(frequency.stepUs) / Number(SECOND_US));
}

/** The `count` times after `last`, microseconds UTC. */
export function timesAfter(last: bigint, frequency: Frequency, count: number): BigInt64Array {
  const out = new BigInt64Array(count);
  let time = last;
  for (let step = 0; step < count; step += 1) {
    if (frequency.kind === 'fixed') time += frequency.stepUs;
    else if (frequency.kind === 'day') time = nextDay(time, frequency.weekdays);
    else time = monthsAfter(last, frequency, step + 1);
    out[step] = time;
  }
  return out;
}

function nextDay(time: bigint, weekdays: ReadonlySet<number>): bigint {
  let next = time + DAY_US;
  while (!weekdays.has(toDate(next).getUTCDay())) next += DAY_US;
  return next;
}

/** `steps` steps after `last`, at its time of day, on the series' day of the month or the month's last day. */
function monthsAfter(last: bigint, frequency: Extract<Frequency, { kind: 'month' }>, steps: number): bigint {
  const date = toDate(last);
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + frequency.months * steps, 1));
  const day = Math.min(frequency.dayOfMonth, daysInMonth(first));
  const timeOfDay = ((last % DAY_US) + DAY_US) % DAY_US;
  return BigInt(first.getTime()) * 1000n + BigInt(day - 1) * DAY_US + timeOfDay;
}
