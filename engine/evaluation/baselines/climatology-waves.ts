// The calendar as waves: of a day, a week and a year, as far as the step between rows resolves them and the training part covers
// them at least twice. A climatology is the least-squares sum of a constant and these waves.
import { deterministicSineCosine } from '../../numerics/deterministic-math.ts';
import { factorise, solve } from './linear/cholesky.ts';

const DAY_US = 86_400_000_000;
/** Mean year of the Gregorian calendar. */
const YEAR_US = 365.2425 * DAY_US;

interface Cycle {
  readonly name: string;
  readonly lengthUs: number;
  /** Waves of the cycle, of its half, its third ... */
  readonly harmonics: number;
}

/** The calendar of UTC; the phases are what is estimated, so a time zone changes nothing. */
const CYCLES: readonly Cycle[] = [
  { name: 'day', lengthUs: DAY_US, harmonics: 6 },
  { name: 'week', lengthUs: 7 * DAY_US, harmonics: 3 },
  { name: 'year', lengthUs: YEAR_US, harmonics: 4 },
];

const LEAST_COVERED = 2;
/** Rows of a wave at least; fewer do not determine its phase. */
const LEAST_ROWS = 2.5;

export interface Wave {
  readonly lengthUs: number;
}

/** None where no cycle is covered. `times`: of the training rows. */
export function wavesOf(times: BigInt64Array): Wave[] {
  if (times.length < 2) return [];
  const spanUs = Number(times.at(-1)! - times[0]!);
  const stepUs = spanUs / (times.length - 1);
  return CYCLES.filter(({ lengthUs }) => spanUs + stepUs >= LEAST_COVERED * lengthUs * 0.99).flatMap(
    ({ lengthUs, harmonics }) =>
      Array.from({ length: harmonics }, (_, index) => ({ lengthUs: lengthUs / (index + 1) })).filter(
        (wave) => wave.lengthUs >= LEAST_ROWS * stepUs,
      ),
  );
}

const termsOf = (waves: readonly Wave[]): number => 1 + 2 * waves.length;

/** The constant and each wave at that time, into `out`. */
function calendarAt(time: bigint, waves: readonly Wave[], out: Float64Array): void {
  out[0] = 1;
  const us = Number(time);
  waves.forEach(({ lengthUs }, index) => {
    const turns = us / lengthUs;
    const { sine, cosine } = deterministicSineCosine(2 * Math.PI * (turns - Math.floor(turns)));
    out[1 + 2 * index] = sine;
    out[2 + 2 * index] = cosine;
  });
}

export interface CalendarOptions {
  readonly waves: readonly Wave[];
  readonly trainRows: number;
  /** [columns] values near which each varies: what is added up stays small. */
  readonly centres: Float64Array;
}

/** [columns] of [rows]: what the calendar says of each column at each time, estimated from the first `trainRows` rows. */
export function calendarValues(
  times: BigInt64Array,
  columns: readonly Float64Array[],
  { waves, trainRows, centres }: CalendarOptions,
): Float64Array[] {
  const terms = termsOf(waves);
  const at = new Float64Array(terms);
  const sums = columns.map(() => ({ gram: new Float64Array(terms * terms), cross: new Float64Array(terms) }));
  for (let row = 0; row < trainRows; row += 1) {
    calendarAt(times[row]!, waves, at);
    columns.forEach((values, column) => {
      if (!Number.isNaN(values[row])) addRow(sums[column]!, at, values[row]! - centres[column]!);
    });
  }
  const weights = sums.map(({ gram, cross }) => solved(gram, cross));
  const out = columns.map(({ length }) => new Float64Array(length));
  times.forEach((time, row) => {
    calendarAt(time, waves, at);
    weights.forEach((own, column) => {
      let sum = centres[column]!;
      for (let term = 0; term < terms; term += 1) sum += own[term]! * at[term]!;
      out[column]![row] = sum;
    });
  });
  return out;
}

interface CalendarSums {
  /** [terms, terms], its lower half alone. */
  readonly gram: Float64Array;
  readonly cross: Float64Array;
}

function addRow({ gram, cross }: CalendarSums, at: Float64Array, value: number): void {
  const terms = at.length;
  for (let i = 0; i < terms; i += 1) {
    cross[i]! += at[i]! * value;
    for (let j = 0; j <= i; j += 1) gram[i * terms + j]! += at[i]! * at[j]!;
  }
}

/** A little more than the sums on their diagonal: where rows have gaps, waves may nearly determine each other. */
const RIDGE = 1e-9;

function solved(gram: Float64Array, cross: Float64Array): Float64Array {
  const terms = cross.length;
  for (let i = 0; i < terms; i += 1) gram[i * terms + i]! *= 1 + RIDGE;
  if (factorise(gram, terms)) solve(gram, terms, cross, 1);
  else cross.fill(0);
  return cross;
}
