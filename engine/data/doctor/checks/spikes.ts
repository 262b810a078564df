// Single values that leave their neighbours and come back at once, much further than the column ever moves otherwise.
import { countText } from '../../count-text.ts';
import { forPieces } from '../../pieces.ts';
import { quantiles } from '../../statistics.ts';
import { type ColumnCheck, type Examined, erasing, type Span } from '../check.ts';
import { sampleOf, samplePositions } from '../sample.ts';

const FEWEST_ROWS = 50;
/** Times the step that 99 of 100 steps stay below. */
const FURTHER = 8;
/** More of them are how the column moves. */
const MOST_SHARE = 0.002;
const ALWAYS = 3;

/** Some of the steps from row to row of known values. */
function someSteps({ values, missing }: Examined): Float64Array {
  const positions = missing === 0 ? samplePositions(values.length - 1) : null;
  if (positions === null) return sampleOf(stepsOf(values));
  const steps = new Float64Array(positions.length);
  for (let i = 0; i < steps.length; i++)
    steps[i] = Math.abs(values[positions[i]! + 1]! - values[positions[i]!]!);
  return steps;
}

/** All of them. */
function stepsOf(values: Float64Array): Float64Array {
  const steps = new Float64Array(values.length);
  let count = 0;
  for (let row = 1; row < values.length; row++) {
    const step = Math.abs(values[row]! - values[row - 1]!);
    if (!Number.isNaN(step)) steps[count++] = step;
  }
  return steps.subarray(0, count);
}

interface Leap extends Span {
  readonly size: number;
}

/** Adds the values of rows [from, to) that lie further than `least` from both neighbours, on the same side of them. */
function addLeaps(found: Leap[], values: Float64Array, { from, to }: Span, least: number): void {
  for (let row = from; row < to; row++) {
    const up = values[row]! - values[row - 1]!;
    if (!(up > least || up < -least)) continue;
    const down = values[row]! - values[row + 1]!;
    if (up > 0 ? down > least : down < -least) {
      found.push({ from: row, to: row + 1, size: Math.min(Math.abs(up), Math.abs(down)) });
    }
  }
}

export const spikes: ColumnCheck = {
  id: 'spikes',
  find(examined) {
    const { values } = examined;
    if (values.length < FEWEST_ROWS) return null;
    const [usual = 0] = quantiles(someSteps(examined), [0.99 - 2 * MOST_SHARE]);
    if (!(usual > 0)) return null;
    const found: Leap[] = [];
    forPieces(1, values.length - 1, (from, to) => addLeaps(found, values, { from, to }, FURTHER * usual));
    const [first] = found.sort((a, b) => b.size - a.size);
    if (first === undefined || found.length > Math.max(ALWAYS, MOST_SHARE * values.length)) return null;
    const what =
      found.length === 1
        ? 'has one value that leaves its neighbours'
        : `has ${countText(found.length)} values that leave their neighbours`;
    return {
      spans: found,
      count: found.length,
      words: `${what} by ${Number((first.size / usual).toPrecision(2))} times the size of usual steps`,
      remedy: { words: 'read these values as missing', options: erasing(examined, found) },
    };
  },
};
