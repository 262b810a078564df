// An hour and the number of an interval of it in columns of their own beside a date, as grids settle: ERCOT's DeliveryHour 1 to 24 and
// DeliveryInterval 1 to 4. Both are told by their names and by all of their numbers.
import { isMissing } from '../columns/number-style.ts';
import type { Dialect } from '../source/dialect.ts';

const HOUR_NAME = /hour|stunde|^he$/i;
const INTERVAL_NAME = /interval|quarter|slot|period|viertel/i;
const WHOLE = /^\d{1,2}$/;
/** Intervals of an hour, from five minutes to half an hour. */
const PER_HOUR = [2, 3, 4, 6, 12] as const;
/** Share of the pairs of hour and interval that have to be there. */
const PAIRS = 0.9;

export interface HourPart {
  /** The first hour of a day. */
  readonly firstHour: 0 | 1;
  readonly perHour: number;
}

const nameOf = ({ names }: Dialect, column: number): string => names[column] ?? '';

function numbersOf({ sample }: Dialect, column: number): number[] | null {
  const texts = sample.map((row) => (row[column] ?? '').trim()).filter((text) => !isMissing(text));
  return texts.length > 0 && texts.every((text) => WHOLE.test(text)) ? texts.map(Number) : null;
}

/** What two columns say of the time of the day; null where they are no hour and interval. */
export function hourPart(dialect: Dialect, hour: number, interval: number): HourPart | null {
  if (!HOUR_NAME.test(nameOf(dialect, hour)) || !INTERVAL_NAME.test(nameOf(dialect, interval))) return null;
  const [hours, intervals] = [numbersOf(dialect, hour), numbersOf(dialect, interval)];
  if (hours === null || intervals === null) return null;
  const perHour = PER_HOUR.find((count) => count === Math.max(...intervals));
  const [first, last] = [Math.min(...hours), Math.max(...hours)];
  // The sample of a large file may end within its first day.
  const firstHour = last === 24 ? 1 : first === 0 ? 0 : 1;
  if (perHour === undefined || Math.min(...intervals) < 1 || last > 24 || first < firstHour) return null;
  const pairs = new Set(dialect.sample.map((row) => `${row[hour]} ${row[interval]}`));
  return pairs.size >= PAIRS * perHour * new Set(hours).size ? { firstHour, perHour } : null;
}

/** Columns behind a date that say hour and interval together; null where a table has none. */
export function hourColumns(dialect: Dialect, among: readonly number[]): readonly [number, number] | null {
  for (const hour of among) {
    const interval = among.find((one) => one !== hour && hourPart(dialect, hour, one) !== null);
    if (interval !== undefined) return [hour, interval];
  }
  return null;
}
