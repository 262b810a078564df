// The values in their final order: tables typed0, typed1, ... beside `placed`, one for each raw table; DOUBLE (NaN = missing) or INTEGER codes (-1).
import type { ValueColumn } from '../columns/value-column.ts';
import { categoryNames, codeSql, valueSql } from '../rows/rows.ts';
import type { Duck } from '../source/duck.ts';
import { COLUMNS_PER_TABLE, columnName, tableCount } from './raw-table.ts';

export interface TypedColumn {
  readonly name: string;
  readonly kind: 'numeric' | 'category';
  readonly column: number;
  readonly categories: readonly string[] | null;
}

export const typedTable = (column: number): string => `typed${Math.floor(column / COLUMNS_PER_TABLE)}`;

/** Only rows that are kept name categories. */
async function typedColumn(
  duck: Duck,
  value: ValueColumn,
  names: readonly string[],
  from: string,
): Promise<TypedColumn> {
  const { column, kind } = value;
  const categories = kind === 'category' ? await categoryNames(duck, column, from) : null;
  return { name: names[column] ?? '', kind, column, categories };
}

/** Makes the typed tables and drops the raw ones as it goes. `asInFile`: `placed` holds every row in the order of the file. */
export async function makeTypedTables(
  duck: Duck,
  values: readonly ValueColumn[],
  names: readonly string[],
  asInFile: boolean,
): Promise<TypedColumn[]> {
  const typed: TypedColumn[] = [];
  for (let table = 0; table < tableCount(names.length); table++) {
    const some = values.filter(({ column }) => Math.floor(column / COLUMNS_PER_TABLE) === table);
    const expressions: string[] = [];
    const source = asInFile
      ? `raw${table}`
      : `(SELECT raw${table}.*, placed.rowid AS position FROM raw${table} JOIN placed ON raw${table}.rowid = placed.rn ORDER BY position)`;
    const kept = asInFile ? `raw${table}` : `raw${table} SEMI JOIN placed ON raw${table}.rowid = placed.rn`;
    for (const value of some) {
      const column = await typedColumn(duck, value, names, kept);
      const sql = value.kind === 'numeric' ? valueSql(value) : codeSql(value.column, column.categories ?? []);
      expressions.push(`${sql} AS ${columnName(value.column)}`);
      typed.push(column);
    }
    if (some.length > 0)
      await duck.run(`CREATE TABLE typed${table} AS SELECT ${expressions.join(', ')} FROM ${source}`);
    await duck.run(`DROP TABLE raw${table}`);
  }
  return typed;
}
