// The rows of a plain table that need no sorting and no closer look: one series whose times rise, all of it known without DuckDB.
import type { ImportOptions } from '../../../contract/datasets/dataset.ts';
import type { ColumnKinds } from '../columns/columns.ts';
import type { ValueColumn } from '../columns/value-column.ts';
import type { Placed } from '../rows/placed.ts';
import type { Dialect } from '../source/dialect.ts';
import type { TypedColumn } from '../table/typed-table.ts';
import { mayBeFar } from '../time/far-times.ts';
import type { TimeChoice } from '../time/time-column.ts';
import type { Known } from './known.ts';

interface Question {
  readonly time: TimeChoice;
  readonly kinds: ColumnKinds;
  readonly timeZone: string;
  readonly options: ImportOptions;
}

const UTC = /^(utc|etc\/utc|gmt|etc\/gmt)$/i;

/** What changes rows or values is done in DuckDB. */
export function isPlainRequest({ layout, seriesColumn, clean = {} }: ImportOptions): boolean {
  const { drop: _, rename: __, ...changing } = clean;
  const isChanged = Object.values(changing).some((value) => value !== undefined);
  return layout !== 'long' && seriesColumn === undefined && !isChanged;
}

/** Null where the rows have to be looked at in DuckDB. */
export function plainRows(known: Known | null, { time, kinds, timeZone, options }: Question): Placed | null {
  const [column, ...others] = time.columns;
  if (known === null || column === undefined || others.length > 0) return null;
  if (!UTC.test(timeZone) || !isPlainRequest(options)) return null;
  if (kinds.text.length > 0 || kinds.numeric.length === 0 || !kinds.numeric.every(({ exact }) => exact))
    return null;
  if (known.timesOf(time.columns, time.format.label) === null) return null;
  const times = known.risingTimes(column);
  if (times === null || mayBeFar(times)) return null;
  return {
    parts: [{ series: 0, from: 0, rows: times.length }],
    times,
    read: async (columns, room, from) =>
      columns.map((one, i) => known.read(one.column, room.numbers(i, times.length), from)),
    ahead: known.aheadOf(column),
    rowsOfFile: async (positions) => new Map(positions.map((position) => [position, position])),
  };
}

export const plainColumns = (columns: readonly ValueColumn[], { names }: Dialect): TypedColumn[] =>
  columns.map(({ column }) => ({ name: names[column] ?? '', kind: 'numeric', column, categories: null }));
