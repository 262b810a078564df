// Totals of weeks and months that stand under a date which has a row of its own: called so in a column of words, or told by their numbers,
// each of which is the sum of the rows since the total before.
import { sqlText } from '../columns/number-style.ts';
import { type NumericColumn, readingSql } from '../columns/value-column.ts';
import type { Duck } from '../source/duck.ts';
import { columnName, tableOf } from '../table/raw-table.ts';

const WORDS =
  '(?i)(^|[^\\p{L}])(sub-?)?(totals?|sums?|summa|suma|somme|soma|totale|totaux|gesamt|sub-?total)($|[^\\p{L}])|summe($|[^\\p{L}])|итого|всего|合計|小計|合计|小计|总计|総計|합계|소계';
/** Rows that a total told by numbers adds up at least. */
const LEAST_ROWS = 5;
const CLOSE = 1e-9;
/** Totals before, since which a total may count. */
const MOST_STARTS = 64;
/** Rows and columns that are looked at. */
const MOST_ROWS = 20_000;
const MOST_COLUMNS = 64;

interface SharedRow {
  readonly row: number;
  readonly series: string;
  /** Another row of its time stands above it. */
  readonly isLater: boolean;
  readonly time: string;
}

async function sharedRows(duck: Duck): Promise<SharedRow[]> {
  const rows = await duck.rows(`SELECT rn, s, t FROM shared ORDER BY s, rn LIMIT ${MOST_ROWS + 1}`);
  const seen = new Set<string>();
  return rows.map(([rn, s, t]) => {
    const time = `${s} ${t}`;
    const isLater = seen.has(time);
    seen.add(time);
    return { row: Number(rn), series: String(s), isLater, time };
  });
}

/** Called a total in a column in which another row of the same time is not. */
async function namedTotals(
  duck: Duck,
  shared: readonly SharedRow[],
  texts: readonly number[],
): Promise<Set<number>> {
  const totals = new Set<number>();
  for (const column of texts.slice(0, MOST_COLUMNS)) {
    const found = await duck.rows(
      `SELECT rowid FROM ${tableOf(column)} WHERE rowid IN (SELECT rn FROM shared) AND regexp_matches(${columnName(column)}, ${sqlText(WORDS)})`,
    );
    const called = new Set(found.map(([row]) => Number(row)));
    if (called.size === 0) continue;
    const others = new Set(shared.filter(({ row }) => !called.has(row)).map(({ time }) => time));
    for (const { row, time } of shared) if (called.has(row) && others.has(time)) totals.add(row);
  }
  return totals;
}

interface Summed {
  readonly value: number;
  /** Of the rows of the same series above this one, and how many they are. */
  readonly sum: number;
  readonly rows: number;
}

async function summed(duck: Duck, column: NumericColumn): Promise<Map<number, Summed>> {
  const number = readingSql(columnName(column.column), column);
  const values = `SELECT stamps.rn AS rn, s, n FROM stamps JOIN (SELECT rowid AS rn, ${number} AS n FROM ${tableOf(column.column)}) USING (rn)`;
  const above = 'OVER (PARTITION BY s ORDER BY rn ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)';
  const sums = `SELECT rn, n, sum(n) ${above} AS total, count(n) ${above} AS many FROM (${values})`;
  const rows = await duck.rows(
    `SELECT rn, n, total, many FROM (${sums}) WHERE n IS NOT NULL AND rn IN (SELECT rn FROM shared)`,
  );
  return new Map(
    rows.map(([row, value, sum, many]) => [
      Number(row),
      { value: Number(value), sum: Number(sum ?? 0), rows: Number(many ?? 0) },
    ]),
  );
}

/** What stands above a row but for totals, by column: sums and how many numbers. */
interface Above {
  readonly sums: readonly number[];
  readonly rows: readonly number[];
}

/** Each number of the row is the sum of the rows since the beginning or a total before, or their mean; one at least is a sum. */
function summedTotals(
  shared: readonly SharedRow[],
  columns: readonly ReadonlyMap<number, Summed>[],
): number[] {
  const totals: number[] = [];
  const zero: Above = { sums: columns.map(() => 0), rows: columns.map(() => 0) };
  let series: string | null = null;
  let starts = [zero];
  let added = zero;
  for (const { row, series: own, isLater } of shared) {
    if (own !== series) [series, starts, added] = [own, [zero], zero];
    if (!isLater) continue;
    const cells = columns.map((sums) => sums.get(row));
    const above: Above = {
      sums: cells.map((cell, i) => (cell?.sum ?? 0) - added.sums[i]!),
      rows: cells.map((cell, i) => (cell?.rows ?? 0) - added.rows[i]!),
    };
    const isTotal = starts.slice(-MOST_STARTS).some((start) => addsUp(cells, above, start));
    if (!isTotal) continue;
    totals.push(row);
    starts.push(above);
    added = {
      sums: cells.map((cell, i) => added.sums[i]! + (cell?.value ?? 0)),
      rows: cells.map((cell, i) => added.rows[i]! + (cell === undefined ? 0 : 1)),
    };
  }
  return totals;
}

function addsUp(cells: readonly (Summed | undefined)[], above: Above, start: Above): boolean {
  let sums = 0;
  for (const [i, cell] of cells.entries()) {
    if (cell === undefined) continue;
    const rows = above.rows[i]! - start.rows[i]!;
    const sum = above.sums[i]! - start.sums[i]!;
    if (rows < LEAST_ROWS) return false;
    const isNear = (other: number) =>
      Math.abs(cell.value - other) <= CLOSE * Math.max(1, Math.abs(above.sums[i]!));
    if (isNear(sum / rows)) continue;
    if (!isNear(sum)) return false;
    sums++;
  }
  return sums > 0;
}

/** Rows that are totals of the rows above them. Expects `stamps` and `shared` (rn, s, t), rows that share their time. */
export async function findSubtotals(
  duck: Duck,
  columns: readonly NumericColumn[],
  texts: readonly number[],
): Promise<number[]> {
  const shared = await sharedRows(duck);
  if (shared.length === 0 || shared.length > MOST_ROWS) return [];
  const named = await namedTotals(duck, shared, texts);
  if (named.size > 0) return [...named];
  const sums: Map<number, Summed>[] = [];
  for (const column of columns.slice(0, MOST_COLUMNS)) sums.push(await summed(duck, column));
  return summedTotals(shared, sums);
}
