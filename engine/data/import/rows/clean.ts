// Structural remedies of values: read as missing, or in another unit. The typed tables stand beside `placed`, row by row; what changes the
// rows themselves is in regrid.ts.
import type { CleanOptions } from '../../../contract/datasets/clean.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { didYouMean } from '../../pipeline/did-you-mean.ts';
import { sqlText } from '../columns/number-style.ts';
import type { Duck } from '../source/duck.ts';
import { columnName } from '../table/raw-table.ts';
import { type TypedColumn, typedTable } from '../table/typed-table.ts';

export interface CleanRequest {
  readonly duck: Duck;
  readonly columns: readonly TypedColumn[];
  readonly seriesNames: readonly string[];
  readonly clean: CleanOptions;
}

export const NAN = "'nan'::DOUBLE";
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

/** Remedies say a column by its name in the file or by its new one: all by that in the file. */
export function byOwnNames(clean: CleanOptions, names: readonly string[]): CleanOptions {
  const { rename = {}, drop, erase, scale, range, derive } = clean;
  const own = new Map(Object.entries(rename).map(([from, to]) => [to, from]));
  const ownName = (name: string) => (names.includes(name) ? name : (own.get(name) ?? name));
  const named = <One extends { readonly column: string }>(one: One): One => ({
    ...one,
    column: ownName(one.column),
  });
  return {
    ...clean,
    ...(drop && { drop: drop.map(ownName) }),
    ...(erase && { erase: erase.map(named) }),
    ...(scale && { scale: scale.map(named) }),
    ...(range && { range: range.map(named) }),
    ...(derive && {
      derive: derive.map((one) => (one.column === undefined ? one : { ...one, column: ownName(one.column) })),
    }),
  };
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
  const names = new Set<string>();
  const twice = all.find(({ name }) => names.size === names.add(name).size);
  if (twice === undefined) return all;
  const message = `Two columns would be named "${twice.name}"; choose another name for one of them.`;
  throw new HindcastError('duplicate-column', message, { details: { column: twice.name, field: 'clean' } });
}
