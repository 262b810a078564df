// A few values that are far from all others of their column, such as 1e9 among values from -1.5 to 1.5: a slip of the decimal point, a
// fault of a sensor. The distance is measured by the range of all other values, so that heavy tails (prices, rain, counts) are no spikes:
// their largest values have others not far below them.
import { FAR_FROM_OTHERS } from '../contract/runs/note-words.ts';
import { countText } from './count-text.ts';

/** A slip repeats itself now and then; what is frequent belongs to the data. */
const MOST = 3;
/** Kept at each end: spikes, and the first value that is none. */
const KEPT = MOST + 1;
/** Distance from all other values, over their range. */
const FAR = 100;
/** Among fewer values nothing is far. */
export const FEWEST_VALUES = 20;

/** The smallest and the largest values of a column, each with its row; in order from the end inwards. */
export interface Extremes {
  readonly low: End;
  readonly high: End;
  valid: number;
}

interface End {
  /** [KEPT]; infinite where there are fewer values. */
  readonly values: number[];
  readonly rows: number[];
}

export function createExtremes(): Extremes {
  const end = (value: number): End => ({
    values: new Array<number>(KEPT).fill(value),
    rows: new Array<number>(KEPT).fill(-1),
  });
  return { low: end(Infinity), high: end(-Infinity), valid: 0 };
}

/** Adds values [from, to), of which the first is that row; NaN is missing. */
export function addToExtremes(
  extremes: Extremes,
  values: Float64Array,
  { from, to, row }: { readonly from: number; readonly to: number; readonly row: number },
): void {
  const { low, high } = extremes;
  let largestLow = +low.values[KEPT - 1]!;
  let smallestHigh = +high.values[KEPT - 1]!;
  let valid = 0;
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    valid++;
    if (value < largestLow) {
      insert(low, value, row + i - from, 1);
      largestLow = low.values[KEPT - 1]!;
    }
    if (value > smallestHigh) {
      insert(high, value, row + i - from, -1);
      smallestHigh = high.values[KEPT - 1]!;
    }
  }
  extremes.valid += valid;
}

/** `sign` 1: ascending, -1: descending; the last value goes. */
function insert({ values, rows }: End, value: number, row: number, sign: 1 | -1): void {
  let index = KEPT - 1;
  while (index > 0 && sign * values[index - 1]! > sign * value) {
    values[index] = values[index - 1]!;
    rows[index] = rows[index - 1]!;
    index--;
  }
  values[index] = value;
  rows[index] = row;
}

export interface Spike {
  readonly value: number;
  readonly row: number;
}

export interface Spikes {
  /** By row. */
  readonly spikes: readonly Spike[];
  /** Range of all other values. */
  readonly others: readonly [number, number];
  /** The smallest distance of a spike from them, over their range. */
  readonly times: number;
}

/** Null where no value is far from all others. */
export function findSpikes({ low, high, valid }: Extremes): Spikes | null {
  if (valid < FEWEST_VALUES) return null;
  for (let most = 1; most <= MOST; most++) {
    for (let above = most; above >= 0; above--) {
      const found = splitAt({ low, high }, above, most - above);
      if (found !== null) return found;
    }
  }
  return null;
}

/** The outermost `above` and `below` values as spikes; null where they are not far. */
function splitAt({ low, high }: Pick<Extremes, 'low' | 'high'>, above: number, below: number): Spikes | null {
  const others: readonly [number, number] = [low.values[below]!, high.values[above]!];
  const range = unitOf(others);
  const distances = [
    ...(above > 0 ? [high.values[above - 1]! - others[1]] : []),
    ...(below > 0 ? [others[0] - low.values[below - 1]!] : []),
  ];
  const times = Math.min(...distances) / range;
  if (!(range > 0) || !Number.isFinite(range) || !(times > FAR)) return null;
  const end = ({ values, rows }: End, count: number): Spike[] =>
    Array.from({ length: count }, (_, index) => ({ value: values[index]!, row: rows[index]! }));
  const spikes = [...end(high, above), ...end(low, below)].toSorted((a, b) => a.row - b.row);
  return { spikes, others, times };
}

/** Of values that are all alike their size; 0 for zeros, among which any other value is an event. */
const unitOf = ([from, to]: readonly [number, number]): number => (to > from ? to - from : Math.abs(to));

/** `1 value is far from all others, which range from -1.5 to 1.5: 1000000000 (line 205)`; `where` names the row of a spike. */
export function spikesText(
  { spikes, others: range, times }: Spikes,
  where: (spike: Spike) => string,
): string {
  const [from, to] = range.map(plain);
  const listed = spikes.map((spike) => `${plain(spike.value)} (${where(spike)})`).join(', ');
  const many = countText(Number(times.toPrecision(1)));
  const others = from === to ? `which are ${from}` : `${many} times the range of those (${from} to ${to})`;
  const count = spikes.length === 1 ? '1 value is' : `${spikes.length} values are`;
  return `${count} ${FAR_FROM_OTHERS}, ${others}: ${listed}`;
}

const plain = (value: number): string => String(Number(value.toPrecision(6)));
