// Rows that share their time with another row and must not replace it: rows without any number, as a line of words between the prices,
// totals of the rows above, and one that closes the file under the last date.
import { type UnreadableCells, unreadableSql } from '../columns/unreadable-cells.ts';
import { type NumericColumn, readingSql } from '../columns/value-column.ts';
import type { Duck } from '../source/duck.ts';
import { columnName, tableOf } from '../table/raw-table.ts';
import { findSubtotals } from './subtotals.ts';

/** Rows that a total adds up at least. */
const LEAST_ROWS = 5;
const CLOSE = 1e-9;

/** Makes `hollow(rn)`: rows with an unreadable cell and no number at all. */
async function findHollow(
  duck: Duck,
  columns: readonly NumericColumn[],
  cells: readonly UnreadableCells[],
): Promise<void> {
  const words = cells.map(
    ({ column }) => `SELECT rowid AS rn FROM ${tableOf(column.column)} WHERE ${unreadableSql(column)}`,
  );
  await duck.run(`CREATE TABLE hollow AS SELECT DISTINCT rn FROM (${words.join(' UNION ALL ')})`);
  for (const [table, some] of Map.groupBy(columns, ({ column }) => tableOf(column))) {
    const numbers = some.map((column) => readingSql(columnName(column.column), column));
    await duck.run(
      `DELETE FROM hollow WHERE rn IN (SELECT rowid FROM ${table} WHERE coalesce(${numbers.join(', ')}, NULL) IS NOT NULL)`,
    );
  }
}

/** Columns that are looked at for a total. */
const MOST_COLUMNS = 64;

/** The last row of the file, where each of its numbers is the sum (one at least) or the mean of all others; else null. */
async function findTotal(duck: Duck, columns: readonly NumericColumn[]): Promise<number | null> {
  const [last] = await duck.numbers('SELECT max(rn) FROM shared');
  const [end] = await duck.numbers('SELECT max(rn) FROM stamps');
  if (last === undefined || last !== end || last < LEAST_ROWS) return null;
  let sums = 0;
  for (const column of columns.slice(0, MOST_COLUMNS)) {
    const number = readingSql(columnName(column.column), column);
    const [isThere, value = 0, sum = 0, mean = 0] = await duck.numbers(
      `SELECT count(n) FILTER (rowid = ${last}), any_value(n) FILTER (rowid = ${last}),
         sum(n) FILTER (rowid < ${last}), avg(n) FILTER (rowid < ${last})
       FROM (SELECT rowid, ${number} AS n FROM ${tableOf(column.column)})`,
    );
    if (!isThere) continue;
    const isNear = (other: number) => Math.abs(value - other) <= CLOSE * Math.max(1, Math.abs(other));
    if (isNear(sum) && !isNear(mean)) sums++;
    else if (!isNear(mean) && !isNear(sum)) return null;
  }
  return sums > 0 ? last : null;
}

export interface WeakProblems {
  readonly hollow: number;
  readonly total: number;
}

/** Puts the weak rows that share their time into `problems`. Expects that some rows share theirs. */
export async function setWeakRowsAside(
  duck: Duck,
  {
    columns,
    texts,
    cells,
    sound,
    problems,
  }: {
    readonly columns: readonly NumericColumn[];
    /** Columns of words. */
    readonly texts: readonly number[];
    readonly cells: readonly UnreadableCells[];
    /** The rows that are still kept: `FROM ... WHERE ...`. */
    readonly sound: string;
    readonly problems: WeakProblems;
  },
): Promise<void> {
  await duck.run(
    `CREATE TABLE shared AS SELECT rn, s, t FROM (SELECT rn, s, t, count(*) OVER (PARTITION BY s, t) AS n ${sound}) WHERE n > 1`,
  );
  if (cells.length > 0) {
    await findHollow(duck, columns, cells);
    await duck.run(
      `INSERT INTO problems SELECT rn, ${problems.hollow} FROM shared JOIN hollow USING (rn)
       WHERE (s, t) IN (SELECT (s, t) FROM shared WHERE rn NOT IN (SELECT rn FROM hollow))`,
    );
    await duck.run('DROP TABLE hollow');
  }
  const total = await findTotal(duck, columns);
  const totals = total === null ? await findSubtotals(duck, columns, texts) : [total];
  if (totals.length > 0) {
    const values = totals.map((row) => `(${row}, ${problems.total})`);
    await duck.run(`INSERT INTO problems VALUES ${values.join(', ')}`);
  }
  await duck.run('DROP TABLE shared');
}
