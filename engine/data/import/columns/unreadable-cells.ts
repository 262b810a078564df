// Cells of numeric columns that hold neither a number nor a word for a missing value. They become missing cells, their rows stay, and the
// report says which words they were and in which lines.
import type { Dialect } from '../source/dialect.ts';
import type { Duck } from '../source/duck.ts';
import { countByColumn } from '../table/count-columns.ts';
import { columnName, tableOf } from '../table/raw-table.ts';
import { missingSql } from './number-style.ts';
import { type NumericColumn, readingSql } from './value-column.ts';

interface Word {
  readonly text: string;
  readonly cells: number;
  /** Row (from 0) of the first one. */
  readonly row: number;
}

export interface UnreadableCells {
  readonly column: NumericColumn;
  readonly cells: number;
  /** Different texts. */
  readonly kinds: number;
  /** The most frequent of them. */
  readonly words: readonly Word[];
}

const WORDS_NAMED = 4;
/** Columns whose words are named; of more there is a count. */
const COLUMNS_NAMED = 20;
const MAX_SHOWN = 40;

/** Condition: the cell is neither a number nor missing. */
export function unreadableSql(column: NumericColumn): string {
  const x = columnName(column.column);
  return `(NOT ${missingSql(x)} AND ${readingSql(x, column)} IS NULL)`;
}

export async function findUnreadableCells(
  duck: Duck,
  columns: readonly NumericColumn[],
): Promise<UnreadableCells[]> {
  const doubtful = columns.filter(({ exact }) => !exact);
  const byNumber = new Map(doubtful.map((one) => [one.column, one]));
  const counts = await countByColumn(duck, [...byNumber.keys()], (x, column) => {
    const bad = unreadableSql(byNumber.get(column) as NumericColumn);
    return [`count(*) FILTER (${bad})`, `count(DISTINCT CASE WHEN ${bad} THEN trim(${x}) END)`];
  });
  const found: UnreadableCells[] = [];
  for (const column of doubtful) {
    const [cells = 0, kinds = 0] = counts.get(column.column) ?? [];
    if (cells === 0) continue;
    const words = found.length < COLUMNS_NAMED ? await wordsOf(duck, column) : [];
    found.push({ column, cells, kinds, words });
  }
  return found;
}

async function wordsOf(duck: Duck, column: NumericColumn): Promise<Word[]> {
  const x = columnName(column.column);
  const rows = await duck.rows(
    `SELECT trim(${x}) AS word, count(*) AS cells, min(rowid) AS first FROM ${tableOf(column.column)}
     WHERE ${unreadableSql(column)} GROUP BY word ORDER BY cells DESC, first LIMIT ${WORDS_NAMED}`,
  );
  return rows.map(([text, cells, row]) => ({ text: String(text), cells: Number(cells), row: Number(row) }));
}

/** Rows whose lines the notes name. */
export const namedRows = (cells: readonly UnreadableCells[]): number[] =>
  cells.flatMap(({ words }) => words.map(({ row }) => row));

const plain = (count: number): string => count.toLocaleString('en-US');
const shown = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);

/** `lines`: of rows. */
export function unreadableNotes(
  dialect: Dialect,
  cells: readonly UnreadableCells[],
  lines: ReadonlyMap<number, number>,
): string[] {
  const notes = cells.slice(0, COLUMNS_NAMED).map(({ column, cells: all, kinds, words }) => {
    const named = words.map(({ text, cells: count, row }) => {
      const where = `line ${lines.get(row) ?? '?'}`;
      return `"${shown(text)}" (${count === 1 ? where : `${plain(count)} times, first in ${where}`})`;
    });
    const more = kinds > words.length ? ` and ${plain(kinds - words.length)} other texts` : '';
    const what = all === 1 ? 'cell is no number and was' : 'cells are no numbers and were';
    return `"${dialect.names[column.column]}": ${plain(all)} ${what} read as missing: ${named.join(', ')}${more}.`;
  });
  const rest = cells.slice(COLUMNS_NAMED);
  if (rest.length > 0) {
    const all = rest.reduce((sum, one) => sum + one.cells, 0);
    notes.push(
      `${plain(all)} cells of ${plain(rest.length)} more columns are no numbers and were read as missing.`,
    );
  }
  return notes;
}
