// The rows that are kept, in their final order, all series one behind the other, column by column. They are in tables of DuckDB, or in memory.
import type { Duck } from '../source/duck.ts';
import { columnName } from '../table/raw-table.ts';
import { type TypedColumn, typedTable } from '../table/typed-table.ts';
import type { AheadChunks } from './ahead-chunks.ts';
import type { Room } from './room.ts';

export type Values = Float64Array | Int32Array;

/** The rows of one series. */
export interface PlacedPart {
  /** In order of the names. */
  readonly series: number;
  readonly from: number;
  readonly rows: number;
}

export interface Placed {
  /** Of the series that have rows, in order. */
  readonly parts: readonly PlacedPart[];
  /** [rows] microseconds UTC. */
  readonly times: BigInt64Array;
  /**
   * [rows] of each column: numbers (NaN = missing), or codes (-1 = missing). The columns are of one group, see `columnGroups`; the values are
   * valid until the next read into the same room. One read at a time. Of rows before `from` (default: 0) they may be anything.
   */
  read(columns: readonly TypedColumn[], room: Room, from?: number): Promise<Values[]>;
  /** Of one series: chunks that were sent ahead. */
  readonly ahead?: AheadChunks | undefined;
  /** For positions among the rows their numbers in the file, counted from 0. */
  rowsOfFile(positions: readonly number[]): Promise<ReadonlyMap<number, number>>;
}

/** Values of one read. */
const MOST_VALUES_READ = 1 << 20;
const MOST_COLUMNS_READ = 64;

export interface ColumnGroup {
  readonly firstColumn: number;
  readonly columns: readonly TypedColumn[];
}

/** Neighbouring columns of one table that are read together, so that a wide file takes few reads and a long one little memory. */
export function* columnGroups(columns: readonly TypedColumn[], rows: number): Generator<ColumnGroup> {
  const most = Math.max(1, Math.min(MOST_COLUMNS_READ, Math.floor(MOST_VALUES_READ / Math.max(1, rows))));
  for (let first = 0; first < columns.length; ) {
    const table = typedTable(columns[first]!.column);
    let end = first + 1;
    while (end < columns.length && end - first < most && typedTable(columns[end]!.column) === table) end++;
    yield { firstColumn: first, columns: columns.slice(first, end) };
    first = end;
  }
}

async function timesOf(duck: Duck, rows: number): Promise<BigInt64Array> {
  const times = new BigInt64Array(rows);
  let at = 0;
  for await (const block of duck.blocks('SELECT t FROM placed')) {
    times.set(block.int64(0).subarray(0, block.rows), at);
    at += block.rows;
  }
  return times;
}

interface ColumnsToRead {
  readonly columns: readonly TypedColumn[];
  readonly rows: number;
  readonly room: Room;
}

async function readColumns(duck: Duck, { columns, rows, room }: ColumnsToRead): Promise<Values[]> {
  const values = columns.map(({ kind }, i) =>
    kind === 'category' ? room.codes(i, rows) : room.numbers(i, rows),
  );
  const list = columns.map(({ column }) => columnName(column)).join(', ');
  let at = 0;
  for await (const block of duck.blocks(`SELECT ${list} FROM ${typedTable(columns[0]?.column ?? 0)}`)) {
    values.forEach((one, i) => {
      if (one instanceof Float64Array) one.set(block.float64(i).subarray(0, block.rows), at);
      else one.set(block.int32(i).subarray(0, block.rows), at);
    });
    at += block.rows;
  }
  return values;
}

/** Of the table `placed` and the typed tables beside it. */
export async function placedInDuck(duck: Duck): Promise<Placed> {
  const counts = await duck.rows('SELECT s, count(*) FROM placed GROUP BY s ORDER BY s');
  let rows = 0;
  const parts = counts.map(([series, count]): PlacedPart => {
    rows += Number(count);
    return { series: Number(series), from: rows - Number(count), rows: Number(count) };
  });
  return {
    parts,
    times: await timesOf(duck, rows),
    read: (columns, room) => readColumns(duck, { columns, rows, room }),
    async rowsOfFile(positions) {
      if (positions.length === 0) return new Map();
      const found = await duck.rows(`SELECT rowid, rn FROM placed WHERE rowid IN (${positions.join(', ')})`);
      return new Map(found.map(([position, row]) => [Number(position), Number(row)]));
    },
  };
}
