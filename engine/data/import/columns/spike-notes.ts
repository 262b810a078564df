// Notes on spikes: a few values of a column that are far from all others, with their lines. They are kept, since only the user knows
// whether they are true.
import { findSpikes, type Spikes, spikesText } from '../../spikes.ts';
import type { DescribedSeries } from '../look/describe.ts';
import type { Placed } from '../rows/placed.ts';
import type { Dialect, TextFile } from '../source/dialect.ts';
import { lineNumbers } from '../table/table-check.ts';
import type { TypedColumn } from '../table/typed-table.ts';

export interface SpikedColumn extends Spikes {
  readonly column: string;
  /** Of the series; spikes count their rows from here among the placed rows. */
  readonly firstRow: number;
}

/** `except`: values that are named already. */
export function findSpikedColumns(
  columns: readonly TypedColumn[],
  { series, extremes }: DescribedSeries,
  except: ReadonlySet<number>,
): SpikedColumn[] {
  let firstRow = 0;
  return extremes.flatMap((ofSeries, position) => {
    const first = firstRow;
    firstRow += series[position]!.rows;
    return ofSeries.flatMap((own, index) => {
      const { name } = columns[index]!;
      const found = own && findSpikes(own);
      const isNew = found?.spikes.some(({ value }) => !except.has(value)) ?? false;
      return found && isNew ? [{ ...found, column: name, firstRow: first }] : [];
    });
  });
}

const MOST_VALUES = 5;

/** As they are named among the missing values, the first 5. */
export const spikeValues = (spiked: readonly SpikedColumn[]): string[] =>
  [...new Set(spiked.flatMap(({ spikes }) => spikes.map(({ value }) => String(value))))].slice(
    0,
    MOST_VALUES,
  );

const MOST_NOTES = 20;

/** One note for each column of each series, the first 20. */
export async function spikeNotes(
  spiked: readonly SpikedColumn[],
  { placed, file, dialect }: { readonly placed: Placed; readonly file: TextFile; readonly dialect: Dialect },
): Promise<string[]> {
  const named = spiked.slice(0, MOST_NOTES);
  const positions = named.flatMap(({ spikes, firstRow }) => spikes.map(({ row }) => firstRow + row));
  if (positions.length === 0) return [];
  const rowOf = await placed.rowsOfFile(positions);
  const lines = await lineNumbers(file, dialect, [...rowOf.values()]);
  const notes = named.map((one) => {
    const where = ({ row }: { readonly row: number }) =>
      `line ${lines.get(rowOf.get(one.firstRow + row) ?? -1) ?? '?'}`;
    const [first] = one.spikes;
    const missing = first === undefined ? '' : ` (in a terminal: --missing ${first.value})`;
    return `"${one.column}": ${spikesText(one, where)}. If that is a mistake, correct the file, or read it as a missing value${missing}: a model and its scores would be ruled by it.`;
  });
  const left = spiked.length - named.length;
  return left > 0 ? [...notes, `${left.toLocaleString('en-US')} more columns have such values.`] : notes;
}
