// The valid rows of the file as text in DuckDB: tables raw0, raw1, ... of up to 512 columns c0, c1, ...; rowid is the row number,
// counted from 0.
import { HindcastError } from '../../../contract/values/errors.ts';
import { MISSING_WORDS, sqlText } from '../columns/number-style.ts';
import type { Dialect } from '../source/dialect.ts';
import type { Duck } from '../source/duck.ts';
import type { LineBreak } from './table-check.ts';

/** Memory of DuckDB's reader grows with the square of the columns of one table; more tables mean more passes over the file. */
export const COLUMNS_PER_TABLE = 512;

export const tableOf = (column: number): string => `raw${Math.floor(column / COLUMNS_PER_TABLE)}`;
export const columnName = (column: number): string => `c${column}`;
export const tableCount = (columns: number): number => Math.ceil(columns / COLUMNS_PER_TABLE);

/** What a query over some columns needs: their texts, joined by spaces and NULL where one is, where they stand, and the row's number. */
export function textOf(columns: readonly number[]): {
  readonly text: string;
  readonly from: string;
  readonly row: string;
} {
  const [first = '', ...others] = new Set(columns.map(tableOf));
  const joins = others.map((table) => ` JOIN ${table} ON ${table}.rowid = ${first}.rowid`);
  const names = columns.map(columnName);
  const text =
    names.length === 1 ? (names[0] ?? '') : names.map((name) => `trim(${name})`).join(" || ' ' || ");
  return { text, from: first + joins.join(''), row: `${first}.rowid` };
}

/** Columns of table number `table`, from and to (exclusive). */
export function tableColumns(table: number, columns: number): readonly [number, number] {
  return [table * COLUMNS_PER_TABLE, Math.min(columns, (table + 1) * COLUMNS_PER_TABLE)];
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** The usual spellings, so that the reader makes NULLs of them at once; others are found later. */
export const NULL_TEXTS: readonly string[] = [
  ...MISSING_WORDS,
  ...MISSING_WORDS.map((word) => word.toUpperCase()),
  'NaN',
  'Null',
];

interface Expected {
  readonly header: boolean;
  readonly rows: number;
  readonly longest: number;
  readonly lineBreak: LineBreak;
}

/** The line break is named: DuckDB would take the first one, which may stand inside a quoted field. */
function readCsvSql(path: string, dialect: Dialect, { header, longest, lineBreak }: Expected): string {
  const columns = dialect.names.map((_, i) => `'${columnName(i)}': 'VARCHAR'`).join(', ');
  const nulls = [...new Set(NULL_TEXTS)].map(sqlText).join(', ');
  return (
    `read_csv(${sqlText(path)}, auto_detect = false, columns = {${columns}}, header = ${header}, ` +
    `delim = ${sqlText(dialect.delimiter)}, quote = '"', escape = '"', new_line = '${lineBreak}', nullstr = [${nulls}], ` +
    `compression = 'none', hive_partitioning = false, max_line_size = ${Math.max(2_000_000, 2 * longest)})`
  );
}

/** Loads the file and makes sure that DuckDB saw the same rows as the structural check. */
export async function loadRawTables(
  duck: Duck,
  path: string,
  dialect: Dialect,
  expected: Expected,
): Promise<void> {
  const source = readCsvSql(path, dialect, expected);
  for (const table of range(0, tableCount(dialect.names.length))) {
    const columns = range(...tableColumns(table, dialect.names.length)).map(columnName);
    await duck.run(`CREATE TABLE raw${table} AS SELECT ${columns.join(', ')} FROM ${source}`);
    const [rows] = await duck.numbers(`SELECT count(*) FROM raw${table}`);
    if (rows !== expected.rows) {
      const message = `The file has ${expected.rows} rows, but DuckDB found ${rows}; look for unusual quoting, and please report this file.`;
      throw new HindcastError('internal', message);
    }
  }
}
