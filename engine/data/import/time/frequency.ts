// The typical distance between the rows of a series, and a word for it.

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS: readonly (readonly [number, string])[] = [
  [7 * DAY, 'week'],
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [SECOND, 'second'],
  [1_000, 'millisecond'],
  [1, 'microsecond'],
];

// Days that calendar steps take; an hour more or less where the clocks change.
const CALENDAR: readonly {
  readonly days: readonly [number, number];
  readonly count: number;
  readonly unit: string;
}[] = [
  { days: [28, 31], count: 1, unit: 'month' },
  { days: [59, 62], count: 2, unit: 'month' },
  { days: [89, 92], count: 3, unit: 'month' },
  { days: [181, 184], count: 6, unit: 'month' },
  { days: [365, 366], count: 1, unit: 'year' },
  { days: [730, 731], count: 2, unit: 'year' },
  { days: [1826, 1827], count: 5, unit: 'year' },
  { days: [3652, 3653], count: 10, unit: 'year' },
];

/** Steps that must be alike; with weekends and holidays left out about 78 % of the steps of a daily series are. */
const REGULAR_SHARE = 0.6;

const word = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

function shareWithin(steps: Float64Array, low: number, high: number): number {
  let inside = 0;
  for (const step of steps) if (step >= low && step <= high) inside++;
  return inside / steps.length;
}

function calendarWord(steps: Float64Array, median: number): string | null {
  // Always the same number of days is a step of days or weeks, but a year of 365 days needs two of them to tell.
  const first = steps[0] ?? 0;
  const last = steps[steps.length - 1] ?? 0;
  for (const { days, count, unit } of CALENDAR) {
    const low = days[0] * DAY - HOUR;
    const high = days[1] * DAY + HOUR;
    if (median < low || median > high || shareWithin(steps, low, high) < REGULAR_SHARE) continue;
    if (unit === 'month' && steps.length > 2 && first === last) return null;
    return word(count, unit);
  }
  return null;
}

function fixedWord(steps: Float64Array, median: number): string {
  if (median <= 0 || shareWithin(steps, median, median) < REGULAR_SHARE) return 'irregular';
  for (const [unitUs, unit] of UNITS) {
    if (median % unitUs === 0) return word(median / unitUs, unit);
  }
  return 'irregular';
}

function areAlike(steps: Float64Array): boolean {
  for (let row = 1; row < steps.length; row++) if (steps[row] !== steps[0]) return false;
  return true;
}

/** Median step and frequency of strictly increasing times (microseconds); the steps are sorted in place. */
export function describeSteps(steps: Float64Array): { readonly stepUs: number; readonly frequency: string } {
  if (steps.length === 0) return { stepUs: 0, frequency: 'irregular' };
  // Sorting equal ones takes longer than all else that is done with the times.
  if (!areAlike(steps)) steps.sort();
  const median = steps[(steps.length - 1) >> 1] ?? 0;
  return { stepUs: median, frequency: calendarWord(steps, median) ?? fixedWord(steps, median) };
}
