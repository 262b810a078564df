// Gaps in time: finds missing rows of a regular series, and makes the same series with those rows inserted as missing values.
//
// Look-back, horizon, season and windows all count in rows, which is only correct where neighbouring rows are one step apart. On
// the grid they are: rows are one step of the series apart, and a row that the data lack has no values.
//
// Closed days of a market are not gaps: where a daily series never has certain weekdays, up to five of its days in a row may be
// missing (holidays), and the rows around them stay neighbours. A series whose steps are mostly uneven (ticks, events) has no
// grid.
import { countText, rowsText } from './count-text.ts';
import { detectFrequency, type Frequency, seasonOf, timesAfter } from './frequency.ts';
import { formatTime } from './pipeline/table.ts';
import type { Series, SeriesColumn } from './series.ts';
import { evenStep, stepNumbers } from './time-numbers.ts';

export interface Gap {
  /** Index of the first row after the gap. */
  readonly row: number;
  /** Rows that are missing before it, at least 1. */
  readonly missing: number;
}

export interface TimeGaps {
  readonly frequency: Frequency | null;
  /** False: the steps are too uneven to say that a row is missing. */
  readonly isRegular: boolean;
  /** In order of time. */
  readonly gaps: readonly Gap[];
}

/** A series on its time grid. */
export interface GriddedSeries {
  readonly series: Series;
  /** [rows] of the gridded series: length of the gap that a row fills, 0 for rows of the data; null where nothing was put in. */
  readonly gapLength: Int32Array | null;
}

const DAY_US = 86_400_000_000;
const MONTH_US = 30.436875 * DAY_US;

/** Fewer rows are too few to say what their step is. */
const LEAST_ROWS = 10;
/** Share of the steps that must be one step of the grid. */
const REGULAR_SHARE = 0.6;
/** Steps within this share of the typical one count as one step: clocks of loggers are not exact. */
const STEP_TOLERANCE = 0.25;
/** Markets were closed for four days in a row in September 2001. */
const MOST_CLOSED_DAYS = 5;
/** Rows put into one gap. A longer gap gets about as many, so that the rows after it stay at their index within the season. */
const MOST_INSERTED = 10_000;

/** `times`: [rows] microseconds UTC, strictly increasing. */
export function findGaps(times: BigInt64Array): TimeGaps {
  const frequency = detectFrequency(times);
  if (frequency === null || times.length < LEAST_ROWS) return { frequency, isRegular: true, gaps: [] };
  if (frequency.kind === 'fixed' && evenStep(times) !== null) return { frequency, isRegular: true, gaps: [] };
  const gaps: Gap[] = [];
  const distances = stepNumbers(times);
  const step = stepOf(frequency);
  let single = 0;
  for (let row = 1; row < times.length; row += 1) {
    const distance = distances[row - 1]!;
    const steps = step === null ? daysBetween(frequency, times[row - 1]!, distance) : distance / step;
    if (Math.abs(steps - 1) <= STEP_TOLERANCE) single += 1;
    else if (steps >= 1.5) gaps.push({ row, missing: Math.round(steps) - 1 });
  }
  const isRegular = single >= REGULAR_SHARE * (times.length - 1);
  return { frequency, isRegular, gaps: isRegular ? gaps : [] };
}

/** "2 gaps in time (207 missing rows, most of them after 2020-01-09T07:00Z: 196)"; null where there is none. */
export function describeGaps(times: BigInt64Array, { gaps }: TimeGaps): string | null {
  const [first] = gaps;
  if (first === undefined) return null;
  const longest = gaps.reduce((most, gap) => (gap.missing > most.missing ? gap : most), first);
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  const after = formatTime(times[longest.row - 1]!);
  if (gaps.length === 1) return `a gap in time after ${after} (${rowsText(missing)} missing)`;
  return `${countText(gaps.length)} gaps in time (${rowsText(missing)} missing; the longest gap, ${rowsText(longest.missing)}, after ${after})`;
}

interface CrossedGap {
  readonly crossGaps?: number | undefined;
  readonly lookback: number;
}

/** Missing rows that a window may cross in one gap: as the task says, or a tenth of its look-back. */
export function crossedGap({ crossGaps, lookback }: CrossedGap): number {
  return crossGaps ?? Math.max(1, Math.floor(lookback / 10));
}

/** Microseconds; null for days, which the calendar counts. */
function stepOf(frequency: Frequency): number | null {
  if (frequency.kind === 'day') return null;
  return frequency.kind === 'month' ? frequency.months * MONTH_US : Number(frequency.stepUs);
}

/**
 * Days from one row to the next, without closed ones: 1 where no row is missing between them.
 * @param distance microseconds from `before` to the next row
 */
function daysBetween(frequency: Frequency, before: bigint, distance: number): number {
  const weekdays = frequency.kind === 'day' ? frequency.weekdays : new Set<number>();
  return 1 + missingDays(before, Math.round(distance / DAY_US), weekdays);
}

function missingDays(before: bigint, days: number, weekdays: ReadonlySet<number>): number {
  if (days <= 1) return 0;
  const first = new Date(Number(before / 1000n)).getUTCDay();
  const weeks = Math.floor((days - 1) / 7);
  let missing = weeks * weekdays.size;
  for (let day = weeks * 7 + 1; day < days; day += 1) if (weekdays.has((first + day) % 7)) missing += 1;
  const isClosed = weekdays.size < 7 && missing <= MOST_CLOSED_DAYS;
  return isClosed ? 0 : missing;
}

/** The times of all rows that a series lacks, in order; null where they are more than `most`. */
export function missingTimes(times: BigInt64Array, most: number): BigInt64Array | null {
  const { frequency, gaps } = findGaps(times);
  const count = gaps.reduce((sum, { missing }) => sum + missing, 0);
  if (count > most) return null;
  const out = new BigInt64Array(count);
  let at = 0;
  for (const { row, missing } of gaps) {
    if (frequency === null) break;
    out.set(timesInGap(frequency, { from: times[row - 1]!, to: times[row]! }, missing), at);
    at += missing;
  }
  return out;
}

/** The series with a row of missing values for each step that it lacks. */
export function putOnGrid(series: Series): GriddedSeries {
  const { frequency, gaps } = findGaps(series.times);
  if (frequency === null || gaps.length === 0) return { series, gapLength: null };
  const season = seasonOf(frequency) ?? 1;
  const inserted = gaps.map(({ missing }) => insertedRows(missing, season));
  const rows = series.times.length + inserted.reduce((sum, count) => sum + count, 0);
  const source = new Int32Array(rows).fill(-1);
  const gapLength = new Int32Array(rows);
  const times = new BigInt64Array(rows);
  let out = 0;
  let next = 0;
  for (let row = 0; row < series.times.length; row += 1) {
    const gap = gaps[next];
    if (gap?.row === row) {
      const count = inserted[next]!;
      const span = { from: series.times[row - 1]!, to: series.times[row]! };
      times.set(timesInGap(frequency, span, count), out);
      gapLength.fill(gap.missing, out, out + count);
      out += count;
      next += 1;
    }
    times[out] = series.times[row]!;
    source[out] = row;
    out += 1;
  }
  const columns = series.columns.map((column) => spread(column, source));
  return { series: { name: series.name, times, columns }, gapLength };
}

/** All of them, or of a very long gap the fewest above the limit that keep the index within the season. */
function insertedRows(missing: number, season: number): number {
  if (missing <= MOST_INSERTED) return missing;
  return MOST_INSERTED + ((missing - MOST_INSERTED) % season);
}

interface Span {
  readonly from: bigint;
  readonly to: bigint;
}

/** [count] increasing times between the two: by the calendar where they fit, else evenly. */
function timesInGap(frequency: Frequency, { from, to }: Span, count: number): BigInt64Array {
  const byCalendar = frequency.kind === 'fixed' ? null : timesAfter(from, frequency, count);
  if (byCalendar !== null && count > 0 && byCalendar[count - 1]! < to) return byCalendar;
  const distance = to - from;
  const parts = BigInt(count + 1);
  return BigInt64Array.from({ length: count }, (_, index) => from + (distance * BigInt(index + 1)) / parts);
}

function spread(column: SeriesColumn, source: Int32Array): SeriesColumn {
  const values = new Float64Array(source.length);
  for (let row = 0; row < source.length; row += 1) {
    values[row] = source[row]! < 0 ? Number.NaN : column.values[source[row]!]!;
  }
  return { ...column, values };
}

export interface GapGuardOptions {
  readonly lookback: number;
  readonly horizon: number;
  /** A window may hold gaps of up to this many missing rows. */
  readonly crossGaps: number;
}

/**
 * Whether a window may have its origin at a row: the row is one of the data, and no gap longer than `crossGaps` lies within the
 * window's look-back and horizon. Null: everywhere.
 */
export function gapGuard(
  gapLength: Int32Array | null,
  { lookback, horizon, crossGaps }: GapGuardOptions,
): ((origin: number) => boolean) | null {
  if (gapLength === null) return null;
  // [rows] the last row of a gap that is too long, at or before each row; -1 before the first.
  const lastLong = new Int32Array(gapLength.length);
  let last = -1;
  for (let row = 0; row < gapLength.length; row += 1) {
    if (gapLength[row]! > crossGaps) last = row;
    lastLong[row] = last;
  }
  return (origin) => gapLength[origin] === 0 && lastLong[origin + horizon]! <= origin - lookback;
}
