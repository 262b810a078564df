// Structural remedies, on the rows in their final order: values that are read as missing, other units, a grid of equal steps. The typed tables
// stand beside `placed`, row by row.
import type { CleanOptions } from '../../../contract/clean.ts';
import { HindcastError } from '../../../contract/errors.ts';
import { didYouMean } from '../../pipeline/did-you-mean.ts';
import { sqlText } from '../columns/number-style.ts';
import type { Duck } from '../source/duck.ts';
import { columnName } from '../table/raw-table.ts';
import { type TypedColumn, typedTable } from '../table/typed-table.ts';

interface CleanRequest {
  readonly duck: Duck;
  readonly columns: readonly TypedColumn[];
  readonly seriesNames: readonly string[];
  readonly clean: CleanOptions;
}

const NAN = "'nan'::DOUBLE";
/** A number as SQL reads it back to the last bit. */
const sqlNumber = (value: number): string => `${sqlText(String(value))}::DOUBLE`;

function numericColumn({ columns }: CleanRequest, name: string): TypedColumn {
  const column = columns.find((one) => one.name === name && one.kind === 'numeric');
  if (column) return column;
  const names = columns.filter(({ kind }) => kind === 'numeric').map((one) => one.name);
  const message = `There is no column of numbers "${name}" to be cleaned${didYouMean(name, names)}.`;
  throw new HindcastError('unknown-column', message, { details: { column: name, field: 'clean' } });
}

interface SpanOf {
  readonly series?: string | undefined;
  readonly fromUs?: number | undefined;
  readonly toUs?: number | undefined;
}

function spanSql({ seriesNames }: CleanRequest, { series, fromUs, toUs }: SpanOf): string {
  const parts: string[] = [];
  // A series that this file does not have has no rows.
  if (series !== undefined && seriesNames.length > 1) parts.push(`s = ${seriesNames.indexOf(series)}`);
  if (fromUs !== undefined) parts.push(`t >= ${Math.trunc(fromUs)}`);
  if (toUs !== undefined) parts.push(`t <= ${Math.trunc(toUs)}`);
  return parts.length === 0 ? 'true' : parts.join(' AND ');
}

const inSpans = (spans: readonly string[]): string =>
  spans.includes('true')
    ? 'true'
    : `rowid IN (SELECT rowid FROM placed WHERE ${spans.map((span) => `(${span})`).join(' OR ')})`;

/** Erased, scaled and ranged values; notes on how many they are. */
export async function cleanValues(request: CleanRequest): Promise<string[]> {
  const { duck, clean } = request;
  const notes: string[] = [];
  const count = async (column: TypedColumn, where: string) =>
    (
      await duck.numbers(
        `SELECT count(*) FROM ${typedTable(column.column)} WHERE (${where}) AND NOT isnan(${columnName(column.column)})`,
      )
    )[0] ?? 0;
  const erase = async (column: TypedColumn, where: string, why: string) => {
    const x = columnName(column.column);
    const cells = await count(column, where);
    await duck.run(`UPDATE ${typedTable(column.column)} SET ${x} = ${NAN} WHERE ${where}`);
    notes.push(
      `"${column.name}": ${cells.toLocaleString('en-US')} values ${why} were read as missing, as asked.`,
    );
  };
  for (const [name, spans] of Map.groupBy(clean.erase ?? [], ({ column }) => column)) {
    await erase(
      numericColumn(request, name),
      inSpans(spans.map((span) => spanSql(request, span))),
      'between named times',
    );
  }
  for (const { column: name, min, max } of clean.range ?? []) {
    const column = numericColumn(request, name);
    const x = columnName(column.column);
    const outside = [
      ...(min === undefined ? [] : [`${x} < ${sqlNumber(min)}`]),
      ...(max === undefined ? [] : [`${x} > ${sqlNumber(max)}`]),
    ];
    if (outside.length > 0)
      await erase(column, outside.join(' OR '), `outside ${min ?? '-∞'} to ${max ?? '∞'}`);
  }
  for (const { column: name, factor, offset = 0, ...span } of clean.scale ?? []) {
    const column = numericColumn(request, name);
    const x = columnName(column.column);
    await duck.run(
      `UPDATE ${typedTable(column.column)} SET ${x} = ${x} * ${sqlNumber(factor)} + ${sqlNumber(offset)} WHERE ${inSpans([spanSql(request, span)])}`,
    );
    notes.push(
      `"${name}": values were multiplied by ${factor}${offset === 0 ? '' : ` and ${offset} was added`}, as asked.`,
    );
  }
  return notes;
}

/** Sums in the order of the rows, so that the same file gives the same bits on every machine. */
const RULES: Readonly<Record<NonNullable<CleanOptions['grid']>['rule'], (x: string) => string>> = {
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
  if (kind === 'category') return `arg_max(${x}, position) AS ${x}`;
  return `coalesce(${rule(`(CASE WHEN NOT isnan(${x}) THEN ${x} END)`)}, ${NAN}) AS ${x}`;
}

/** Puts the rows on a grid of equal steps, counted from 1970-01-01 UTC. */
export async function putOnGrid({ duck, columns, clean }: CleanRequest): Promise<string[]> {
  const { grid } = clean;
  if (grid === undefined) return [];
  const { stepUs, rule } = grid;
  const [before = 0] = await duck.numbers('SELECT count(*) FROM placed');
  const bucket = `t - ((t % ${stepUs}) + ${stepUs}) % ${stepUs}`;
  await duck.run('SET threads = 1');
  await duck.run(
    `CREATE TABLE buckets AS SELECT rowid AS position, rn, s, ${bucket} AS t FROM placed ORDER BY position`,
  );
  for (const [table, some] of Map.groupBy(columns, ({ column }) => typedTable(column))) {
    const cells = some.map((column) => cellSql(column, RULES[rule]));
    await duck.run(
      `CREATE TABLE gridded AS SELECT ${cells.join(', ')} FROM (SELECT ${table}.*, position, s, t FROM ${table} JOIN buckets ON ${table}.rowid = position) GROUP BY s, t ORDER BY s, t`,
    );
    await duck.run(`DROP TABLE ${table}`);
    await duck.run(`ALTER TABLE gridded RENAME TO ${table}`);
  }
  await duck.run('DROP TABLE placed');
  await duck.run(
    'CREATE TABLE placed AS SELECT min(rn) AS rn, s, t FROM buckets GROUP BY s, t ORDER BY s, t',
  );
  await duck.run('DROP TABLE buckets');
  const [after = 0] = await duck.numbers('SELECT count(*) FROM placed');
  const plain = (rows: number) => rows.toLocaleString('en-US');
  return [
    `The rows were put on a grid of ${stepWords(stepUs)} by their ${rule}: ${plain(before)} rows became ${plain(after)}.`,
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

/** Error: `unknown-column`. */
export function requireColumns(names: readonly string[], { drop = [], rename = {} }: CleanOptions): void {
  const unknown = [...drop, ...Object.keys(rename)].find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const message = `There is no column "${unknown}" to be left out or renamed${didYouMean(unknown, names)}.`;
  throw new HindcastError('unknown-column', message, { details: { column: unknown, field: 'clean' } });
}

export function renamed(columns: readonly TypedColumn[], { rename = {} }: CleanOptions): TypedColumn[] {
  const all = columns.map((column) => ({ ...column, name: rename[column.name] ?? column.name }));
  const twice = all.find(({ name }, i) => all.findIndex((one) => one.name === name) !== i);
  if (twice === undefined) return all;
  const message = `Two columns would be named "${twice.name}"; choose another name for one of them.`;
  throw new HindcastError('duplicate-column', message, { details: { column: twice.name, field: 'clean' } });
}
