// Times that stand for none: 9999-12-31, 1900-01-01, the epoch 0 of a clock that was never set. They lie far from all other times; their
// rows are kept aside.
import type { Duck } from '../source/duck.ts';

const YEAR_US = 365.25 * 86_400 * 1e6;
/** Share of the rows that may lie far; of a short file a few. */
const MOST_SHARE = 0.05;
const FEW = 3;
/** Distance from the others over their span, beside a year. */
const FAR = 10;
/** Steps between a placeholder and the other times. */
const STEPS = 1_000;

const dayUs = (year: number, month: number, day: number): number => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() * 1000;
};

/** Dates that programs write where none is known; the day that begins there. */
const PLACEHOLDERS: readonly number[] = [
  dayUs(1, 1, 1),
  dayUs(1899, 12, 30),
  dayUs(1899, 12, 31),
  dayUs(1900, 1, 1),
  dayUs(1970, 1, 1),
  dayUs(2099, 12, 31),
  dayUs(9999, 12, 31),
];
const DAY_US = 86_400 * 1e6;

/** Rows from which the usual span is taken. */
const SAMPLED = 10_000;

/** Years between which times are usual; others are named. */
const USUAL = [1900, 2100] as const;

/**
 * Marks the rows in `problems` and returns notes on years that are unusual. Expects `times`.
 *
 * `counts`: the times count from a start of their own and lie in no calendar.
 */
export async function markFarTimes(duck: Duck, problem: number, counts: boolean): Promise<string[]> {
  if (counts) return [];
  const [rows = 0, first = 0, last = 0] = await duck.numbers('SELECT count(t), min(t), max(t) FROM times');
  if (rows < 2) return [];
  const every = Math.ceil(rows / SAMPLED);
  const [low = 0, high = 0] = await duck.numbers(
    `SELECT quantile_disc(t, 0.05), quantile_disc(t, 0.95) FROM times WHERE rn % ${every} = 0`,
  );
  const apart = FAR * (high - low) + YEAR_US;
  const step = (high - low) / Math.max(1, rows * 0.9);
  const isPlaceholder = PLACEHOLDERS.map((day) => `t BETWEEN ${day} AND ${day + DAY_US - 1}`).join(' OR ');
  const distance = `greatest(${low} - t, t - ${high})`;
  const far = `(${distance} > ${apart} OR ((${isPlaceholder}) AND ${distance} > ${Math.max(STEPS * step, YEAR_US)}))`;
  const suspect = first < low || last > high;
  const [count = 0] = suspect ? await duck.numbers(`SELECT count(*) FROM times WHERE ${far}`) : [0];
  const isMarked = count > 0 && count <= Math.max(FEW, rows * MOST_SHARE) && count * 4 <= rows;
  if (isMarked) await duck.run(`INSERT INTO problems SELECT rn, ${problem} FROM times WHERE ${far}`);
  const rest = isMarked ? `WHERE NOT ${far}` : '';
  const [from = 0, to = 0] = await duck.numbers(
    `SELECT year(make_timestamp(min(t))), year(make_timestamp(max(t))) FROM times ${rest}`,
  );
  const isUnusual = from < USUAL[0] || to > USUAL[1];
  if (!isUnusual) return [];
  return [
    `The times lie in the years ${from} to ${to}: if that is wrong, name the form of the times (in a terminal: --time-format).`,
  ];
}

/** Whether some of these times, which rise, may be far or lie in unusual years: that is then found in DuckDB. */
export function mayBeFar(times: BigInt64Array): boolean {
  const at = (share: number) => Number(times[Math.min(times.length - 1, Math.max(0, Math.floor(share)))]);
  const rows = times.length;
  const [first, last] = [at(0), at(rows - 1)];
  if (first < dayUs(USUAL[0], 1, 1) || last >= dayUs(USUAL[1] + 1, 1, 1)) return true;
  // A little inside of the quantiles, so that what is near to a limit counts as far.
  const every = Math.ceil(rows / SAMPLED);
  const [low, high] = [at(0.05 * rows + 2 * every), at(0.95 * rows - 2 * every)];
  const distance = Math.max(low - first, last - high);
  if (distance <= YEAR_US) return false;
  if (high <= low || distance > FAR * (high - low) + YEAR_US) return true;
  return PLACEHOLDERS.some((day) => day + DAY_US > first && day <= last && (day < low || day > high));
}
