// Times of events as texts: numbers, ISO 8601 and its relatives, 31.01.2024 12:00, 1/31/2024 12:00 PM. Without a zone they are UTC: only distances
// count.

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const CLOCK = String.raw`(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?\s*([AaPp][Mm])?\s*(Z|z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${CLOCK}$`);
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${CLOCK}$`);

type Order = 'day-first' | 'month-first';

/** In seconds, or as the numbers that they are; NaN where a cell is no time. Null where fewer than nine in ten are. */
export function eventTimes(cells: readonly string[]): Float64Array | null {
  const known = cells.filter((cell) => cell.trim() !== '');
  const order = orderIn(known);
  const times = Float64Array.from(cells, (cell) => timeOf(cell.trim(), order));
  const read = times.filter(Number.isFinite).length;
  return known.length > 0 && read >= 0.9 * known.length ? times : null;
}

/** Of 3/4/2024: what a day above 12 tells; else the dot says day first, and the slash month first. */
function orderIn(cells: readonly string[]): Order {
  let sign = '';
  for (const cell of cells) {
    const [, first, between, second] = YEAR_LAST.exec(cell.trim()) ?? [];
    if (between === undefined) continue;
    sign = between;
    if (Number(first) > 12) return 'day-first';
    if (Number(second) > 12) return 'month-first';
  }
  return sign === '/' ? 'month-first' : 'day-first';
}

function timeOf(text: string, order: Order): number {
  if (text === '') return Number.NaN;
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) {
    const [, year, month, day, ...clock] = yearFirst;
    return secondsOf([year, month, day], clock);
  }
  const yearLast = YEAR_LAST.exec(text);
  if (!yearLast) return Number.NaN;
  const [, first, , second, year, ...clock] = yearLast;
  const date = order === 'day-first' ? [year, second, first] : [year, first, second];
  return secondsOf(date, clock);
}

type Texts = readonly (string | undefined)[];

function secondsOf(
  [year, month, day]: Texts,
  [hour = '0', minute = '0', second = '0', half, zone]: Texts,
): number {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const ms = Date.UTC(y, m - 1, d);
  const isDay = m >= 1 && m <= 12 && new Date(ms).getUTCDate() === d;
  const hours = half ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour);
  if (!isDay || hours > 24 || Number(minute) > 59) return Number.NaN;
  const clock = hours * HOUR + Number(minute) * MINUTE + Number(second.replace(',', '.'));
  return ms / 1_000 + clock - offsetOf(zone);
}

function offsetOf(zone: string | undefined): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
}

/** Most events follow each other at other distances than the most frequent one. */
export function areIrregular(groups: Iterable<readonly number[]>): boolean {
  const counts = new Map<number, number>();
  let gaps = 0;
  for (const times of groups) {
    const sorted = times.toSorted((a, b) => a - b);
    for (let at = 1; at < sorted.length; at++) {
      const gap = Math.round((sorted[at]! - sorted[at - 1]!) * 1_000);
      // Months and years are of equal steps, too.
      const known = gap >= 28 * DAY * 1_000 ? Math.round(gap / (DAY * 1_000 * 28)) * 28 * DAY * 1_000 : gap;
      counts.set(known, (counts.get(known) ?? 0) + 1);
      gaps += 1;
    }
  }
  return gaps > 0 && Math.max(...counts.values()) < 0.5 * gaps;
}
