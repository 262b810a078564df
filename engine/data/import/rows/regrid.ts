// Structural remedies that change the rows: several become one (of one time, or of a step of a grid), and rows that gaps lack are put in. The
// typed tables stand beside `placed`, row by row.
import type { CleanOptions } from '../../../contract/datasets/clean.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { missingTimes } from '../../time-grid.ts';
import type { Duck } from '../source/duck.ts';
import { columnName } from '../table/raw-table.ts';
import { type TypedColumn, typedTable } from '../table/typed-table.ts';
import { type CleanRequest, NAN } from './clean.ts';

type Rule = NonNullable<CleanOptions['repeats']>;

/** Sums in the order of the rows, so that the same file gives the same bits on every machine. */
const RULES: Readonly<Record<Rule, (x: string) => string>> = {
  mean: (x) => `sum(${x} ORDER BY position) / count(${x})`,
  sum: (x) => `sum(${x} ORDER BY position)`,
  first: (x) => `arg_min(${x}, position)`,
  last: (x) => `arg_max(${x}, position)`,
  min: (x) => `min(${x})`,
  max: (x) => `max(${x})`,
};

function cellSql({ column, kind }: TypedColumn, rule: (x: string) => string): string {
  const x = columnName(column);
  // Of words the last one stands for all.
  if (kind === 'category')
    return `coalesce(arg_max(CASE WHEN ${x} >= 0 THEN ${x} END, position), -1)::INTEGER AS ${x}`;
  return `coalesce(${rule(`(CASE WHEN NOT isnan(${x}) THEN ${x} END)`)}, ${NAN}) AS ${x}`;
}

async function countPlaced(duck: Duck): Promise<number> {
  const [rows = 0] = await duck.numbers('SELECT count(*) FROM placed');
  return rows;
}

/** Puts `next`, made from the columns of a typed table, in the place of that table. */
async function replaceTable(duck: Duck, table: string, select: string): Promise<void> {
  await duck.run(`CREATE TABLE next AS ${select}`);
  await duck.run(`DROP TABLE ${table}`);
  await duck.run(`ALTER TABLE next RENAME TO ${table}`);
}

/** Rows of one series with the same `bucket` become one; answers how many rows there were and are. */
async function joinRows(
  { duck, columns }: CleanRequest,
  bucket: string,
  rule: Rule,
): Promise<readonly [number, number]> {
  const before = await countPlaced(duck);
  await duck.run('SET threads = 1');
  await duck.run(
    `CREATE TABLE buckets AS SELECT rowid AS position, rn, s, ${bucket} AS t FROM placed ORDER BY position`,
  );
  for (const [table, some] of Map.groupBy(columns, ({ column }) => typedTable(column))) {
    const cells = some.map((column) => cellSql(column, RULES[rule]));
    const rows = `SELECT ${table}.*, position, s, t FROM ${table} JOIN buckets ON ${table}.rowid = position`;
    await replaceTable(duck, table, `SELECT ${cells.join(', ')} FROM (${rows}) GROUP BY s, t ORDER BY s, t`);
  }
  await duck.run('DROP TABLE placed');
  await duck.run(
    'CREATE TABLE placed AS SELECT min(rn) AS rn, s, t FROM buckets GROUP BY s, t ORDER BY s, t',
  );
  await duck.run('DROP TABLE buckets');
  return [before, await countPlaced(duck)];
}

const plain = (rows: number): string => rows.toLocaleString('en-US');

/** Rows of the same series and time become one. */
async function joinRepeats(request: CleanRequest): Promise<string[]> {
  const { repeats } = request.clean;
  if (repeats === undefined) return [];
  const [before, after] = await joinRows(request, 't', repeats);
  return [
    `Rows of the same time became one by their ${repeats}: ${plain(before)} rows became ${plain(after)}.`,
  ];
}

/** Puts the rows on a grid of equal steps, counted from 1970-01-01 UTC. */
async function putOnGrid(request: CleanRequest): Promise<string[]> {
  const { grid } = request.clean;
  if (grid === undefined) return [];
  const { stepUs, rule } = grid;
  const [before, after] = await joinRows(request, `t - ((t % ${stepUs}) + ${stepUs}) % ${stepUs}`, rule);
  const step = stepWords(stepUs);
  return [
    `The rows were put on a grid of ${step} by their ${rule}: ${plain(before)} rows became ${plain(after)}.`,
  ];
}

function stepWords(stepUs: number): string {
  const units: readonly (readonly [number, string])[] = [
    [86_400e6, 'day'],
    [3_600e6, 'hour'],
    [60e6, 'minute'],
    [1e6, 'second'],
  ];
  const [size, unit] = units.find(([one]) => stepUs % one === 0) ?? [1, 'microsecond'];
  const count = stepUs / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** More rows in gaps than this are a wrong time somewhere, not a gap. */
const MOST_MISSING = 10_000_000;

/** Series and times of the rows that gaps lack. */
async function absentRows(duck: Duck): Promise<{ readonly series: number[]; readonly times: number[] }> {
  const all = { series: [] as number[], times: [] as number[] };
  for (const [series] of await duck.rows('SELECT DISTINCT s FROM placed ORDER BY s')) {
    const where = `s = ${Number(series)}`;
    const [rows = 0] = await duck.numbers(`SELECT count(*) FROM placed WHERE ${where}`);
    const times = new BigInt64Array(rows);
    let at = 0;
    for await (const block of duck.blocks(`SELECT t FROM placed WHERE ${where} ORDER BY t`)) {
      times.set(block.int64(0).subarray(0, block.rows), at);
      at += block.rows;
    }
    const missing = missingTimes(times, MOST_MISSING - all.times.length);
    if (missing === null) throw tooMany();
    for (const time of missing) {
      all.series.push(Number(series));
      all.times.push(Number(time));
    }
  }
  return all;
}

const tooMany = (): HindcastError =>
  new HindcastError(
    'invalid-input',
    `Gaps in time lack more than ${plain(MOST_MISSING)} rows, so they are not put in; correct the times or put the rows on a coarser grid.`,
    { details: { field: 'clean' } },
  );

/** Puts in the rows that gaps lack, with missing values. */
async function completeRows({ duck, columns, clean }: CleanRequest): Promise<string[]> {
  if (clean.complete === undefined) return [];
  const { series, times } = await absentRows(duck);
  if (times.length > 0) {
    await duck.addTable('absent', ['s', 't'], [Float64Array.from(series), Float64Array.from(times)]);
    await duck.run(
      `CREATE TABLE whole AS SELECT * FROM (SELECT rn, s, t, rowid AS position FROM placed
       UNION ALL SELECT -1, s::INTEGER, t::BIGINT, NULL FROM absent) ORDER BY s, t`,
    );
    for (const [table, some] of Map.groupBy(columns, ({ column }) => typedTable(column))) {
      const cells = some.map(({ column, kind }) => {
        const x = columnName(column);
        return `coalesce(${x}, ${kind === 'category' ? '-1' : NAN}) AS ${x}`;
      });
      await replaceTable(
        duck,
        table,
        `SELECT ${cells.join(', ')} FROM whole LEFT JOIN (SELECT rowid AS source, * FROM ${table}) ON source = position ORDER BY whole.rowid`,
      );
    }
    await duck.run('DROP TABLE placed');
    await duck.run('CREATE TABLE placed AS SELECT rn, s, t FROM whole ORDER BY rowid');
    await duck.run('DROP TABLE whole');
    await duck.run('DROP TABLE absent');
  }
  return [`${plain(times.length)} rows that gaps in time lack were put in, with missing values.`];
}

/** Several rows become one first, so that gaps are those of the grid. */
export async function changeRows(request: CleanRequest): Promise<string[]> {
  return [...(await joinRepeats(request)), ...(await putOnGrid(request)), ...(await completeRows(request))];
}
