// Counts over columns of the raw tables, a few dozen columns in one query, because DuckDB's memory grows with the square of their
// number.
import type { Duck } from '../source/duck.ts';
import { columnName, tableOf } from './raw-table.ts';

const COLUMNS_PER_QUERY = 32;

/** For each column the values of the aggregates that `sql` gives for it, in their order. */
export async function countByColumn(
  duck: Duck,
  columns: readonly number[],
  sql: (x: string, column: number) => readonly string[],
): Promise<Map<number, number[]>> {
  const counts = new Map<number, number[]>();
  for (const [table, all] of Map.groupBy(columns, tableOf)) {
    for (let i = 0; i < all.length; i += COLUMNS_PER_QUERY) {
      const some = all.slice(i, i + COLUMNS_PER_QUERY);
      const parts = some.map((column) => sql(columnName(column), column));
      const numbers = await duck.numbers(`SELECT ${parts.flat().join(', ')} FROM ${table}`);
      let at = 0;
      some.forEach((column, k) => {
        const width = parts[k]?.length ?? 0;
        counts.set(column, numbers.slice(at, at + width));
        at += width;
      });
    }
  }
  return counts;
}
