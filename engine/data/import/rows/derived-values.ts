// Values of derived columns: each from rows at or before its own, of the same series. Pure; the same bits on every machine.
import type { DerivedColumn, DerivedForm } from '../../../contract/datasets/clean.ts';
import { deterministicLog } from '../../../numerics/deterministic-math.ts';
import { utcIntervals } from '../time/zone.ts';

/** Of one series, in order of time. */
export interface DerivedFrom {
  /** [rows] microseconds UTC. */
  readonly times: BigInt64Array;
  /** [rows] NaN where missing; empty where the form reads no column. */
  readonly values: Float64Array;
  readonly timeZone: string;
}

type Form = (from: DerivedFrom, rows: number) => Float64Array;

/** Of the value and the one `rows` rows before. */
const ofPair =
  (pair: (now: number, before: number) => number): Form =>
  ({ values }, rows) =>
    values.map((value, row) => (row < rows ? Number.NaN : pair(value, values[row - rows]!)));

/** Of the known values of the last `rows` rows, this one among them. */
const ofWindow =
  (statistic: (known: Float64Array) => number): Form =>
  ({ values }, rows) =>
    values.map((_, row) => {
      if (row + 1 < rows) return Number.NaN;
      const known = values.subarray(row + 1 - rows, row + 1).filter((value) => !Number.isNaN(value));
      return known.length === 0 ? Number.NaN : statistic(known);
    });

const meanOf = (known: Float64Array): number => known.reduce((sum, value) => sum + value, 0) / known.length;

function stdOf(known: Float64Array): number {
  const mean = meanOf(known);
  return Math.sqrt(known.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / known.length);
}

/** Of the date on the clock of the zone. */
const ofClock =
  (part: (date: Date) => number): Form =>
  ({ times, timeZone }) => {
    const last = times.length - 1;
    const intervals = last < 0 ? [] : utcIntervals(timeZone, Number(times[0]), Number(times[last]));
    let at = 0;
    return Float64Array.from(times, (time) => {
      const us = Number(time);
      while (at + 1 < intervals.length && intervals[at + 1]!.fromUs <= us) at++;
      return part(new Date(Math.floor((us + intervals[at]!.offsetUs) / 1000)));
    });
  };

const DAY_MS = 86_400_000;

const FORMS: { readonly [Name in DerivedForm]: Form } = {
  lag: ofPair((_, before) => before),
  difference: ofPair((now, before) => now - before),
  // Of values that are not positive there is none.
  'log-return': ofPair((now, before) =>
    now > 0 && before > 0 ? deterministicLog(now / before) : Number.NaN,
  ),
  mean: ofWindow(meanOf),
  std: ofWindow(stdOf),
  min: ofWindow((known) => known.reduce((least, value) => Math.min(least, value))),
  max: ofWindow((known) => known.reduce((most, value) => Math.max(most, value))),
  hour: ofClock((date) => date.getUTCHours()),
  // Monday is 0.
  weekday: ofClock((date) => (date.getUTCDay() + 6) % 7),
  month: ofClock((date) => date.getUTCMonth() + 1),
  'day-of-year': ofClock(
    (date) => 1 + Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS),
  ),
};

export const derivedValues = ({ form, rows = 1 }: DerivedColumn, from: DerivedFrom): Float64Array =>
  FORMS[form](from, rows);
