// Inputs that time alone decides, so that they are known for every row ahead: the position in the day, the week and the year, each as
// sine and cosine, which have no jump where a cycle begins again. In UTC, with the same bits everywhere.
import { deterministicSineCosine } from '../numerics/deterministic-math.ts';
import type { Channel } from './pipeline/table.ts';

const DAY_US = 86_400_000_000;
const TWO_PI = 2 * Math.PI;

/** From 0 to 1, by cycle. */
const POSITIONS = {
  'time-of-day': (timeUs: number) => modulo(timeUs, DAY_US) / DAY_US,
  // The first of January 1970 was a Thursday, and weeks begin on Monday.
  weekday: (timeUs: number) => modulo(timeUs / DAY_US + 3, 7) / 7,
  'time-of-year': (timeUs: number) => {
    const year = new Date(timeUs / 1000).getUTCFullYear();
    const [from, to] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
    return (timeUs / 1000 - from) / (to - from);
  },
};
export type CalendarCycle = keyof typeof POSITIONS;

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

/** Two inputs for each cycle. No step of a pipeline acts on them. */
export function calendarChannels(cycles: readonly CalendarCycle[], times: BigInt64Array): Channel[] {
  return cycles.flatMap((cycle) => {
    const sine = new Float64Array(times.length);
    const cosine = new Float64Array(times.length);
    times.forEach((time, row) => {
      const wave = deterministicSineCosine(TWO_PI * POSITIONS[cycle](Number(time)));
      sine[row] = wave.sine;
      cosine[row] = wave.cosine;
    });
    return [channelOf(`${cycle} sine`, sine, true), channelOf(`${cycle} cosine`, cosine, true)];
  });
}

/** An input for each of the names: 1 for the series of that name. A model's map of its inputs makes a vector of each. */
export const identityChannels = (names: readonly string[], series: string, rows: number): Channel[] =>
  names.map((name) =>
    channelOf(`${IDENTITY}${name}`, new Float64Array(rows).fill(name === series ? 1 : 0), false),
  );

export const IDENTITY = 'is series ';

const channelOf = (name: string, values: Float64Array, isKnownAhead: boolean): Channel => ({
  name,
  column: name,
  kind: 'indicator',
  isInput: true,
  isTarget: false,
  isKnownAhead,
  values,
  known: null,
  categories: [],
  reference: null,
});
