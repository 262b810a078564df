// How a column looks by hour of the day, day of the week and month, on the clock of a time zone; and how much is missing as time goes by.
import type { ColumnProfiles, Profile } from '../../contract/datasets/explore.ts';
import { utcIntervals } from '../import/time/zone.ts';
import { quantiles } from '../statistics.ts';
import { type Analysis, type ExploredColumn, knownOf } from './analysis.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const HOURS = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
const DAY_US = 86_400_000_000;
const PARTS = 100;

const KINDS = [
  { by: 'hour', names: HOURS, groupOf: (date: Date) => date.getUTCHours(), mostStepUs: DAY_US / 2 },
  {
    by: 'weekday',
    names: WEEKDAYS,
    groupOf: (date: Date) => (date.getUTCDay() + 6) % 7,
    mostStepUs: 3 * DAY_US,
  },
  { by: 'month', names: MONTHS, groupOf: (date: Date) => date.getUTCMonth(), mostStepUs: 100 * DAY_US },
] as const;

/** [rows] milliseconds on the clock of the zone, as if they were UTC. */
function clockOf(times: BigInt64Array, timeZone: string | undefined): Float64Array {
  const clock = Float64Array.from(times, (time) => Number(time / 1000n));
  if (timeZone === undefined || times.length === 0) return clock;
  const intervals = utcIntervals(timeZone, Number(times[0]), Number(times.at(-1)));
  let at = 0;
  return clock.map((ms) => {
    while (at + 1 < intervals.length && intervals[at + 1]!.fromUs <= ms * 1000) at++;
    return ms + intervals[at]!.offsetUs / 1000;
  });
}

function profileOf(
  clock: Float64Array,
  values: Float64Array,
  { by, names, groupOf }: (typeof KINDS)[number],
): Profile {
  const groups: number[][] = names.map(() => []);
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row]!)) groups[groupOf(new Date(clock[row]!))]!.push(values[row]!);
  }
  const filled = names
    .map((name, i) => ({ name, values: Float64Array.from(groups[i]!) }))
    .filter((one) => one.values.length > 0);
  const quartiles = filled.map((one) => quantiles(one.values.slice(), [0.25, 0.5, 0.75]));
  return {
    by,
    groups: filled.map(({ name }) => name),
    mean: filled.map((one) => one.values.reduce((sum, value) => sum + value, 0) / one.values.length),
    q25: quartiles.map(([low]) => low!),
    median: quartiles.map(([, middle]) => middle!),
    q75: quartiles.map(([, , high]) => high!),
  };
}

/** Where each of equal parts begins, and where the last one ends. */
function bordersOf(rows: number): number[] {
  const parts = Math.min(PARTS, rows);
  return Array.from({ length: parts + 1 }, (_, i) => Math.floor((i * rows) / parts));
}

const missingByTime = (values: Float64Array, borders: readonly number[]): number[] =>
  borders.slice(1).map((end, i) => {
    const part = values.subarray(borders[i], end);
    return part.length === 0 ? 0 : (part.length - knownOf(part).length) / part.length;
  });

interface Rows {
  readonly times: BigInt64Array;
  readonly clock: Float64Array;
  readonly stepUs: number;
  readonly borders: readonly number[];
}

const profilesOf = (
  { times, clock, stepUs, borders }: Rows,
  { name, values }: ExploredColumn,
): ColumnProfiles => ({
  column: name,
  profiles: KINDS.filter(({ mostStepUs }) => stepUs > 0 && stepUs <= mostStepUs).map((kind) =>
    profileOf(clock, values, kind),
  ),
  missing: missingByTime(values, borders),
  missingFromUs: borders.slice(0, -1).map((row) => Number(times[row])),
});

export const profiles: Analysis<ColumnProfiles[]> = {
  title: 'profiles by hour, weekday and month, and missing values over time',
  run({ times, columns, stepUs, timeZone }) {
    const rows = { times, clock: clockOf(times, timeZone), stepUs, borders: bordersOf(times.length) };
    return columns.map((column) => profilesOf(rows, column));
  },
};
