// Whole numbers beside a date that tell the time of the day: clocks as digits without zeros before them (30, 100, 2330), and numbers of the
// half-hours, quarter-hours ... of a day. They are told by what every whole day of the file has.
import { isMissing } from '../columns/number-style.ts';
import type { Dialect } from '../source/dialect.ts';
import { saysClock } from './clock-column.ts';
import type { DayPart } from './day-part.ts';

const WHOLE = /^\d{1,4}$/;
/** Intervals of a day, from five minutes to half an hour; hours are a clock. */
const PER_DAY = [48, 96, 144, 288] as const;
/** Rows that may be missing from a day, or come twice: an hour where the clocks change. */
const SLACK = 2;

/** Numbers of each day of the sample, without the first and the last one where others are left; null where they are no whole numbers. */
function numbersByDay(dialect: Dialect, dates: readonly number[], column: number): number[][] | null {
  const days: { readonly date: string; readonly numbers: number[] }[] = [];
  for (const row of dialect.sample) {
    const text = (row[column] ?? '').trim();
    if (isMissing(text)) continue;
    if (!WHOLE.test(text)) return null;
    const date = dates.map((one) => row[one] ?? '').join('\n');
    const last = days.at(-1);
    if (last?.date === date) last.numbers.push(Number(text));
    else days.push({ date, numbers: [Number(text)] });
  }
  const whole = days.length > 2 ? days.slice(1, -1) : days.slice(0, 1);
  // A single day tells only of a column that is named a clock.
  return days.length < 2 && !saysClock(dialect, column) ? null : whole.map(({ numbers }) => numbers);
}

const rises = (numbers: readonly number[]): boolean =>
  numbers.every((value, i) => i === 0 || value > (numbers[i - 1] ?? value));

/** What the numbers of a column say beside the dates in `dates`; null where they are no times of a day. */
export function dayPart(dialect: Dialect, dates: readonly number[], column: number): DayPart | null {
  const days = numbersByDay(dialect, dates, column);
  if (days === null || days.length === 0) return null;
  const ordered = days.map((day) => (rises(day) ? day : [...day].reverse()));
  if (ordered.filter(rises).length * 20 < days.length * 19) return null;
  const most = Math.max(...days.flat());
  const isDigits = days.flat().every((value) => value % 100 < 60 && value <= 2400);
  const rows = Math.min(...ordered.map((day) => day.length));
  if (isDigits && most >= (saysClock(dialect, column) ? 100 : 1000) && rows >= SLACK)
    return { kind: 'digits', rows };
  const near = (perDay: number) =>
    ordered.every((day) => {
      const [first = 0] = day;
      const isCounted = (day.at(-1) ?? 0) - first === day.length - 1;
      return isCounted && first <= 1 && Math.abs(day.length - perDay) <= SLACK;
    });
  if (near(24)) return { kind: 'hours' };
  const perDay = PER_DAY.find((count) => near(count) && ordered.every(([first]) => first === 1));
  return perDay === undefined ? null : { kind: 'intervals', perDay };
}
