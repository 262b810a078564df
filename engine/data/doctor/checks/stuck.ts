// A sensor that stands still: one value far longer than any value of the column usually lasts. Values that rest again and again, as the zero of
// the sun at night, are measurements.
import { countText } from '../../count-text.ts';
import { forPieces } from '../../pieces.ts';
import { type ColumnCheck, erasing, MOST_ERASED, type Span } from '../check.ts';

const SHORTEST = 24;
/** Times the usual length of a run. */
const LONGER = 20;
/** Long runs of one value, from which on they are usual for it. */
const HABIT = 4;
/** Share of the other rows from which on a value is usual, as the 0 of a day without rain. */
const USUAL_SHARE = 0.25;

interface Run extends Span {
  readonly value: number;
}

interface Runs {
  readonly long: Run[];
  shortRuns: number;
  shortRows: number;
  /** Where the next run begins. */
  next: number;
}

function runsOf(values: Float64Array): Runs {
  const runs: Runs = { long: [], shortRuns: 0, shortRows: 0, next: 0 };
  forPieces(0, values.length, (_, to) => addRuns(runs, values, to));
  return runs;
}

/** Adds the runs that begin before row `end`. */
function addRuns(runs: Runs, values: Float64Array, end: number): void {
  let { next, shortRuns, shortRows } = runs;
  while (next < end) {
    const from = next++;
    const value = values[from]!;
    while (next < values.length && values[next] === value) next++;
    if (next - from >= SHORTEST) runs.long.push({ from, to: next, value });
    else if (!Number.isNaN(value)) {
      shortRuns++;
      shortRows += next - from;
    }
  }
  Object.assign(runs, { next, shortRuns, shortRows });
}

const length = ({ from, to }: Span): number => to - from;

/** Share of the rows outside long runs that have each of the values. */
function sharesOutside(values: Float64Array, { long, shortRows }: Runs): (value: number) => number {
  const rows = new Map<number, number>(long.map(({ value }) => [value, 0]));
  let next = 0;
  for (let row = 0; row < values.length; row++) {
    const run = long[next];
    if (run?.from === row) {
      row = run.to - 1;
      next++;
      continue;
    }
    const count = rows.get(values[row]!);
    if (count !== undefined) rows.set(values[row]!, count + 1);
  }
  return (value) => (rows.get(value) ?? 0) / Math.max(1, shortRows);
}

export const stuck: ColumnCheck = {
  id: 'stuck',
  find(examined) {
    const { values } = examined;
    if (values.length < 2 * SHORTEST) return null;
    const runs = runsOf(values);
    // Nearly all rows rest: that is how the column is.
    if (runs.long.length === 0 || runs.shortRuns < SHORTEST) return null;
    const usual = runs.shortRows / runs.shortRuns;
    const long = runs.long.filter((run) => length(run) >= LONGER * usual);
    const byValue = Map.groupBy(long, ({ value }) => value);
    const shareOf = sharesOutside(values, runs);
    const found = long
      .filter(({ value }) => (byValue.get(value)?.length ?? 0) < HABIT)
      .filter(({ value }) => shareOf(value) < USUAL_SHARE)
      .sort((a, b) => length(b) - length(a));
    const [longest] = found;
    if (longest === undefined) return null;
    const more =
      found.length > 1
        ? ` and in ${countText(found.length - 1)} more ${found.length === 2 ? 'run' : 'runs'}`
        : '';
    return {
      spans: found,
      count: found.reduce((sum, run) => sum + length(run), 0),
      words: `stands still at ${Number(longest.value.toPrecision(7))} for ${countText(length(longest))} rows${more}`,
      remedy: {
        words: 'read these rows as missing',
        options: erasing(examined, found.slice(0, MOST_ERASED)),
      },
    };
  },
};
