// The warning that values after the pipeline lie closer together than the model's 32-bit numbers do, as 1e12 + sin(t) does: to the
// model such a column is constant, or a staircase.
import { nameList } from '../../../data/pipeline/did-you-mean.ts';
import { statisticsOf } from '../../../data/pipeline/sums.ts';
import type { Channel, SeriesTable } from '../../../data/pipeline/table.ts';

/** Distance of neighbouring 32-bit numbers, as a share of their size. */
const RESOLUTION = 2 ** -23;
/** Steps of that size within a standard deviation, below which a column is more staircase than curve. */
const FEWEST_STEPS = 16;

interface Coarse {
  readonly column: string;
  readonly series: string;
  readonly deviation: number;
  readonly level: number;
}

/** `tables`: after the pipeline. `trainRows`: by table. */
export function resolutionNotes(tables: readonly SeriesTable[], trainRows: readonly number[]): string[] {
  const coarse = tables.flatMap((table, index) =>
    table.channels
      .filter(({ kind, isInput, isTarget }) => kind === 'numeric' && (isInput || isTarget))
      .flatMap((channel) => coarseChannel(channel, table.name, trainRows[index]!)),
  );
  return [...Map.groupBy(coarse, ({ column }) => column).values()].map(noteOf);
}

/** What a window subtracts (a reference) is subtracted before the values become 32-bit numbers. */
function coarseChannel(
  { column, values, known, reference }: Channel,
  series: string,
  rows: number,
): Coarse[] {
  if (reference !== null) return [];
  const training = values.subarray(0, rows);
  const { count, mean, std } = statisticsOf([
    known === null ? training : training.filter((_, row) => known[row] === 1),
  ]);
  const isCoarse = count > 0 && std > 0 && std < FEWEST_STEPS * RESOLUTION * Math.abs(mean);
  return isCoarse ? [{ column, series, deviation: std, level: mean }] : [];
}

function noteOf(all: readonly Coarse[]): string {
  const [{ column, deviation, level }] = all as readonly [Coarse, ...Coarse[]];
  const of = nameList(all.map(({ series }) => series));
  return `"${column}" of series ${of} varies by about ${short(deviation)} around ${short(level)}, where the model's 32-bit numbers lie ${short(distanceAt(level))} apart, so it can hardly tell the values from each other: add the step standardize to the pipeline.`;
}

const short = (value: number): string => String(Number(value.toPrecision(2)));

/** From the 32-bit number nearest to `level` to the next one away from 0. */
function distanceAt(level: number): number {
  const nearest = Float32Array.of(level);
  const next = nearest.slice();
  new Int32Array(next.buffer)[0]! += 1;
  return Math.abs(next[0]! - nearest[0]!);
}
