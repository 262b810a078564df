// The index of an import: which rows are kept, in which series and order, and at which time. Tables in DuckDB:
// - stamps(rn, s, t): series name and time of every row, NULL where it can't be read;
// - problems(rn, problem): rows to keep aside, a row may have several;
// - placed(rn, s, t): the rows that are kept, by series (a number in order of names) and time; rowid is their position.

import { missingSql, sqlText } from '../columns/number-style.ts';
import type { UnreadableCells } from '../columns/unreadable-cells.ts';
import { type NumericColumn, readingSql } from '../columns/value-column.ts';
import type { Duck } from '../source/duck.ts';
import { columnName, textOf } from '../table/raw-table.ts';
import { markRepeated } from '../time/repeated-hours.ts';
import type { TimeFormat } from '../time/time-format.ts';
import { intervalSql, localIntervals } from '../time/zone.ts';
import { setWeakRowsAside } from './weak-rows.ts';

/** Why a row is kept aside, in order of what is reported first. */
export const PROBLEM = { time: 1, gap: 2, far: 3, series: 4, total: 5, hollow: 6, duplicate: 7 } as const;

/** Makes `stamps` without the series (`times`), and of local times that come twice `repeated` (repeated-hours.ts). */
export async function stampRows(
  duck: Duck,
  columns: readonly number[],
  format: TimeFormat,
  zone: string,
  /** Of times that say none, microseconds. */
  offsetUs = 0,
): Promise<void> {
  await duck.run('CREATE TABLE problems (rn BIGINT, problem INTEGER)');
  const { text, from, row } = textOf(columns);
  const source = `SELECT ${row} AS rn, ${format.sql(text)} AS l, ${format.hasOffsetSql(text)} AS o FROM ${from}`;
  const isUtc = /^(utc|etc\/utc|gmt|etc\/gmt)$/i.test(zone);
  const utc = offsetUs === 0 ? 'l' : `CASE WHEN o THEN l ELSE l - ${offsetUs} END`;
  if (isUtc) await duck.run(`CREATE TABLE times AS SELECT rn, ${utc} AS t FROM (${source})`);
  else await stampInZone(duck, source, zone);
  await duck.run(
    `INSERT INTO problems SELECT rn, ${PROBLEM.time} FROM times WHERE t IS NULL
     AND rn NOT IN (SELECT rn FROM problems)`,
  );
}

async function stampInZone(duck: Duck, source: string, zone: string): Promise<void> {
  await duck.run(`CREATE TABLE local_times AS ${source}`);
  const [local, from, to] = await duck.numbers(
    'SELECT count(l), min(l), max(l) FROM local_times WHERE NOT coalesce(o, false)',
  );
  const intervals = local ? localIntervals(zone, from ?? 0, to ?? 0) : [];
  const offset = intervalSql('l', intervals, ({ offsetUs }) => String(offsetUs ?? 'NULL'));
  await duck.run(
    `CREATE TABLE times AS SELECT rn, CASE WHEN o THEN l ELSE l - (${offset}) END AS t FROM local_times`,
  );
  await duck.run(
    `INSERT INTO problems SELECT times.rn, ${PROBLEM.gap} FROM times JOIN local_times USING (rn)
     WHERE t IS NULL AND l IS NOT NULL`,
  );
  if (local) await markRepeated(duck, intervals);
  await duck.run('DROP TABLE local_times');
}

/** Every row of the file has a time, and each is later than the one above. Expects `times`. */
export async function timesRise(duck: Duck): Promise<boolean> {
  const [lacking] = await duck.numbers('SELECT count(*) - count(t) FROM times');
  if (lacking !== 0) return false;
  let before: bigint | null = null;
  for await (const block of duck.blocks('SELECT t FROM times')) {
    const times = block.int64(0);
    for (let row = 0; row < block.rows; row++) {
      const time = times[row]!;
      if (before !== null && time <= before) return false;
      before = time;
    }
  }
  return true;
}

/** The text of the series column; NULL where missing. */
export function seriesSql(column: number): string {
  const x = columnName(column);
  return `CASE WHEN NOT ${missingSql(x)} THEN trim(${x}) END`;
}

const SEPARATOR = ' / ';

/** Query of rn and name: the texts of the series columns, joined where they are several. */
export function seriesTexts(columns: readonly number[]): string {
  const { from, row } = textOf(columns);
  const texts = columns.map(seriesSql);
  const [only] = texts;
  const name =
    texts.length === 1 ? only : `nullif(concat_ws(${sqlText(SEPARATOR)}, ${texts.join(', ')}), '')`;
  return `SELECT ${row} AS rn, ${name} AS name FROM ${from}`;
}

/** Adds the series to the times and returns the names, sorted by code point. Without a column there is one series. */
export async function assignSeries(duck: Duck, columns: readonly number[], name: string): Promise<string[]> {
  if (columns.length === 0) {
    await duck.run('CREATE TABLE stamps AS SELECT rn, 0::INTEGER AS s, t FROM times');
    await duck.run('DROP TABLE times');
    return [name];
  }
  const texts = seriesTexts(columns);
  await duck.run(
    `CREATE TABLE series_names AS SELECT name, (row_number() OVER (ORDER BY name) - 1)::INTEGER AS s
     FROM (SELECT DISTINCT name FROM (${texts}) WHERE name IS NOT NULL)`,
  );
  await duck.run(
    `CREATE TABLE stamps AS SELECT times.rn, s, t FROM times JOIN (${texts}) texts USING (rn) LEFT JOIN series_names USING (name)`,
  );
  await duck.run(`INSERT INTO problems SELECT rn, ${PROBLEM.series} FROM stamps WHERE s IS NULL`);
  const names = await duck.rows('SELECT name FROM series_names ORDER BY s');
  await duck.run('DROP TABLE times');
  return names.map(([text]) => String(text));
}

const SOUND = 'FROM stamps WHERE rn NOT IN (SELECT rn FROM problems)';

export interface PlacedRows {
  readonly kept: number;
  readonly setAside: number;
  readonly duplicates: number;
  /** Of the duplicates: those in the small hours of a Sunday in which clocks may be set back. */
  readonly atClockChange: number;
  /** Rows whose time lies before that of the row above in the same series. */
  readonly outOfOrder: number;
  /** Every row of the file is kept, in the order of the file. */
  readonly asInFile: boolean;
}

async function countSound(duck: Duck): Promise<number> {
  const [sound = 0] = await duck.numbers(`SELECT count(*) ${SOUND}`);
  return sound;
}

/** Sound rows, and different times of series among them. */
async function countTimes(duck: Duck): Promise<readonly [number, number]> {
  const [distinct = 0] = await duck.numbers(`SELECT count(*) FROM (SELECT DISTINCT s, t ${SOUND})`);
  return [await countSound(duck), distinct];
}

/** Sorting would change nothing. */
async function placeAsInFile(duck: Duck, rows: number): Promise<PlacedRows> {
  await duck.run('ALTER TABLE stamps RENAME TO placed');
  return { kept: rows, setAside: 0, duplicates: 0, atClockChange: 0, outOfOrder: 0, asInFile: true };
}

async function countAtClockChange(duck: Duck): Promise<number> {
  const [count = 0] = await duck.numbers(
    `SELECT count(*) FROM (SELECT make_timestamp(t) AS moment FROM stamps JOIN problems USING (rn) WHERE problem = ${PROBLEM.duplicate})
     WHERE isodow(moment) = 7 AND hour(moment) < 4 AND month(moment) IN (3, 4, 9, 10, 11)`,
  );
  return count;
}

export interface RowsToPlace {
  /** Of the file. */
  readonly rows: number;
  readonly columns: readonly NumericColumn[];
  /** Columns of words. */
  readonly texts: readonly number[];
  readonly cells: readonly UnreadableCells[];
  /** They are one series whose times rise, see `timesRise`. */
  readonly rise: boolean;
  /** All rows of one time are kept, since they become one later. */
  readonly keepsRepeats: boolean;
}

/** Makes `placed`: of rows with the same series and time the last one that has numbers is kept, or all of them in the order of the file. */
export async function placeRows(
  duck: Duck,
  { rows, columns, texts, cells, rise, keepsRepeats }: RowsToPlace,
): Promise<PlacedRows> {
  if (rise && (await countSound(duck)) === rows) return placeAsInFile(duck, rows);
  let [sound, distinct] = await countTimes(duck);
  if (distinct < sound) {
    await setWeakRowsAside(duck, { columns, texts, cells, sound: SOUND, problems: PROBLEM });
    [sound, distinct] = await countTimes(duck);
  }
  const steps = `SELECT t - lag(t) OVER (PARTITION BY s ORDER BY rn) AS step ${SOUND}`;
  const [outOfOrder = 0] = await duck.numbers(`SELECT count(*) FILTER (step < 0) FROM (${steps})`);
  if (distinct < sound && keepsRepeats) distinct = sound;
  if (distinct < sound) {
    await duck.run(
      `INSERT INTO problems SELECT rn, ${PROBLEM.duplicate} FROM
       (SELECT rn, lead(rn) OVER (PARTITION BY s, t ORDER BY rn) AS later ${SOUND}) WHERE later IS NOT NULL`,
    );
  }
  const atClockChange = distinct < sound ? await countAtClockChange(duck) : 0;
  await duck.run(
    `CREATE TABLE placed AS SELECT rn, s, t ${SOUND} ORDER BY s, t${keepsRepeats ? ', rn' : ''}`,
  );
  await duck.run('DROP TABLE stamps');
  const [setAside = 0] = await duck.numbers('SELECT count(DISTINCT rn) FROM problems');
  const [moved = 0] = await duck.numbers('SELECT count(*) FROM placed WHERE rn <> rowid');
  return {
    kept: distinct,
    setAside,
    duplicates: sound - distinct,
    atClockChange,
    outOfOrder,
    asInFile: moved === 0 && distinct === rows,
  };
}

/** Number of each row (from 0) that is kept aside, and its first problem. */
export async function problemsOfRows(duck: Duck): Promise<ReadonlyMap<number, number>> {
  const problems = new Map<number, number>();
  const sql = 'SELECT rn, min(problem) AS problem FROM problems GROUP BY rn ORDER BY rn';
  for await (const block of duck.blocks(sql)) {
    const [rows, kinds] = [block.int64(0), block.int32(1)];
    for (let i = 0; i < block.rows; i++) problems.set(Number(rows[i]), kinds[i]!);
  }
  return problems;
}

/** Category names of a column among the rows of `from`, sorted by code point; a value's index among them is its code. */
export async function categoryNames(duck: Duck, column: number, from: string): Promise<string[]> {
  const rows = await duck.rows(
    `SELECT DISTINCT ${seriesSql(column)} AS name FROM ${from} WHERE name IS NOT NULL ORDER BY name`,
  );
  return rows.map(([name]) => String(name));
}

/** INTEGER code of a category column, -1 where missing. */
export function codeSql(column: number, names: readonly string[]): string {
  // Its words may all stand in rows that were set aside.
  if (names.length === 0) return '-1::INTEGER';
  const list = names.map(sqlText).join(', ');
  return `coalesce(enum_code(TRY_CAST(${seriesSql(column)} AS ENUM(${list})))::INTEGER, -1)`;
}

/** DOUBLE of a numeric column, NaN where missing. */
export function valueSql(value: NumericColumn): string {
  const x = columnName(value.column);
  const number = value.exact ? `TRY_CAST(${x} AS DOUBLE)` : readingSql(x, value);
  return `coalesce(${number}, 'nan'::DOUBLE)`;
}
