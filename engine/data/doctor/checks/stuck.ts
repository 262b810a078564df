// A sensor that stands still: one value far longer than any value of the column usually lasts. Values that rest again and again, as the zero of
// the sun at night, are measurements.
import { countText } from '../../count-text.ts';
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

function runsOf(values: Float64Array): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < values.length; ) {
    const value = values[from]!;
    let to = from + 1;
    while (to < values.length && values[to] === value) to++;
    if (!Number.isNaN(value)) runs.push({ from, to, value });
    from = to;
  }
  return runs;
}

const length = ({ from, to }: Span): number => to - from;

/** Share of the rows of `runs` that have the value. */
function shareIn(runs: readonly Run[], value: number): number {
  const [own, all] = [runs.filter((run) => run.value === value), runs].map((some) =>
    some.reduce((sum, run) => sum + length(run), 0),
  );
  return own! / Math.max(1, all!);
}

export const stuck: ColumnCheck = {
  id: 'stuck',
  find(examined) {
    const { values } = examined;
    if (values.length < 2 * SHORTEST) return null;
    const runs = runsOf(values);
    const candidates = runs.filter((run) => length(run) >= SHORTEST);
    if (candidates.length === 0) return null;
    const others = runs.filter((run) => length(run) < SHORTEST);
    const usual = others.reduce((sum, run) => sum + length(run), 0) / Math.max(1, others.length);
    // Nearly all rows rest: that is how the column is.
    if (others.length < SHORTEST) return null;
    const long = candidates.filter((run) => length(run) >= LONGER * usual);
    const byValue = Map.groupBy(long, ({ value }) => value);
    const found = long
      .filter(({ value }) => (byValue.get(value)?.length ?? 0) < HABIT)
      .filter(({ value }) => shareIn(others, value) < USUAL_SHARE)
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
      words: `stands still at ${longest.value} for ${countText(length(longest))} rows${more}`,
      remedy: {
        words: 'read these rows as missing',
        options: erasing(examined, found.slice(0, MOST_ERASED)),
      },
    };
  },
};
