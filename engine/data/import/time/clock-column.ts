// Decides whether a column is the clock time that belongs to a column of dates. Texts that look like clock times can be many
// things: a city's sunrise, a lap time, a version.

import { isMissing, looksNumericInAnyStyle } from '../columns/number-style.ts';
import { type Dialect, sampleOf } from '../source/dialect.ts';

/** A column's name without what providers put around it: `<DATE>`, `day_of_year`. */
export function bareName({ names }: Dialect, column: number): string {
  const name = names[column] ?? '';
  const [, latin] = TWO_LANGUAGES.exec(name) ?? [];
  return (latin ?? name).replace(/[^\p{L}\d]/gu, '');
}

/** `月/Month`: of a name in two languages the one in Latin letters. */
const TWO_LANGUAGES = /^[^A-Za-z]+\/\s*([A-Za-z ]+)$/;

/** Some rows may be off, but a column is not the day because a few of its values could be one. */
export function mostly(values: readonly string[], shape: RegExp): boolean {
  const fitting = values.filter((value) => shape.test(value.trim())).length;
  return fitting > 0 && fitting * 20 >= values.length * 19;
}

const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?([AaPp])[Mm]?)?$/;
/** `1 PM` */
const HALF_DAY_HOUR = /^(0?[1-9]|1[0-2]) ?([AaPp])[Mm]$/;
/** Only under a name that says so. */
const NAMED_CLOCK = /^(\d{1,2})\.(\d{2})\.(\d{2})$|^(?:HE ?|H)?([01]?\d|2[0-4])(?:([0-5]\d)([0-5]\d)?)?$/;
const CLOCK_NAME =
  /^(time|hour|hourending|he|hr|hh|hhmm|zeit|uhrzeit|stunde|hora|heure|mst|pst|lst|(?:utc|lst)?time|time(?:utc|gmt|lst|cst|est|mst|pst))$/i;

/** Seconds of the day; NaN for what is no clock. */
function secondsOf(text: string): number {
  const trimmed = text.trim();
  const [, hours, minutes, seconds = '0', half] = CLOCK.exec(trimmed) ?? [];
  if (hours !== undefined) {
    const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0);
    return hour * 3600 + Number(minutes) * 60 + Number(seconds);
  }
  const [, bare, part] = HALF_DAY_HOUR.exec(trimmed) ?? [];
  if (bare !== undefined) return ((Number(bare) % 12) + (/p/i.test(part ?? '') ? 12 : 0)) * 3600;
  const [, h, m, s, hour, minute = '0', second = '0'] = NAMED_CLOCK.exec(trimmed) ?? [];
  return Number(h ?? hour) * 3600 + Number(m ?? minute) * 60 + Number(s ?? second);
}

/** Rows of one day are in the order of their clock times, ascending or descending. */
function isInOrder({ sample }: Dialect, dates: number, clock: number): boolean {
  let [pairs, up, down] = [0, 0, 0];
  for (const [position, row] of sample.entries()) {
    const before = sample[position - 1];
    if (before === undefined || before[dates] !== row[dates]) continue;
    const step = secondsOf(row[clock] ?? '') - secondsOf(before[clock] ?? '');
    if (Number.isNaN(step)) continue;
    pairs++;
    if (step >= 0) up++;
    if (step <= 0) down++;
  }
  return pairs > 0 && Math.max(up, down) * 20 >= pairs * 19;
}

export const saysClock = (dialect: Dialect, column: number): boolean =>
  CLOCK_NAME.test(bareName(dialect, column));

export function isClock(dialect: Dialect, dates: number, column: number): boolean {
  const values = sampleOf(dialect, column);
  const named = saysClock(dialect, column) && mostly(values, NAMED_CLOCK);
  return (
    (named || mostly(values, CLOCK) || mostly(values, HALF_DAY_HOUR)) && isInOrder(dialect, dates, column)
  );
}

/** A column of words under which each date comes once: it names the series, and the dates alone say when. */
export function namesSeries({ sample }: Dialect, dates: number, column: number): boolean {
  const words = sample.map((row) => row[column] ?? '');
  const told = words.filter(
    (word) => !isMissing(word) && !looksNumericInAnyStyle(word) && Number.isNaN(secondsOf(word)),
  );
  if (told.length * 20 < sample.length * 19) return false;
  // `2010 Jan` beside 2010 is the time once more.
  const again = sample.filter((row) => (row[column] ?? '').includes((row[dates] ?? '').trim() || '\n'));
  if (again.length * 20 >= sample.length * 19) return false;
  const pairs = new Set(sample.map((row) => `${row[dates]}\n${row[column]}`));
  return pairs.size * 100 >= sample.length * 99;
}
