// Derived columns of an import: computed from the cleaned columns and put beside them, in a typed table of their own.
import { CALENDAR_FORMS, type CleanOptions, type DerivedColumn } from '../../../contract/datasets/clean.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { didYouMean } from '../../pipeline/did-you-mean.ts';
import type { Duck } from '../source/duck.ts';
import { COLUMNS_PER_TABLE, columnName } from '../table/raw-table.ts';
import { type TypedColumn, typedTable } from '../table/typed-table.ts';
import { type DerivedFrom, derivedValues } from './derived-values.ts';

interface DeriveRequest {
  readonly duck: Duck;
  readonly columns: readonly TypedColumn[];
  readonly clean: CleanOptions;
  readonly timeZone: string;
}

interface Placed {
  /** [rows] of all series, one behind the other. */
  readonly series: Int32Array;
  readonly times: BigInt64Array;
}

async function readPlaced(duck: Duck): Promise<Placed> {
  const [rows = 0] = await duck.numbers('SELECT count(*) FROM placed');
  const placed = { series: new Int32Array(rows), times: new BigInt64Array(rows) };
  let at = 0;
  for await (const block of duck.blocks('SELECT s, t FROM placed')) {
    placed.series.set(block.int32(0).subarray(0, block.rows), at);
    placed.times.set(block.int64(1).subarray(0, block.rows), at);
    at += block.rows;
  }
  return placed;
}

/** @throws HindcastError `unknown-column`, `duplicate-column` */
function sourceOf({ columns }: DeriveRequest, { name, form, column }: DerivedColumn): TypedColumn | null {
  if (columns.some((one) => one.name === name)) {
    const message = `There is a column "${name}" already; choose another name for the derived one.`;
    throw new HindcastError('duplicate-column', message, { details: { column: name, field: 'clean' } });
  }
  if (CALENDAR_FORMS.some((one) => one === form)) return null;
  const numeric = columns.filter(({ kind }) => kind === 'numeric');
  const source = numeric.find((one) => one.name === column);
  if (source) return source;
  const names = numeric.map((one) => one.name);
  const message =
    column === undefined
      ? `The derived column "${name}" (${form}) needs a column of numbers to be derived from.`
      : `There is no column of numbers "${column}" to derive "${name}" from${didYouMean(column, names)}.`;
  throw new HindcastError('unknown-column', message, { details: { column: name, field: 'clean' } });
}

async function readColumn(duck: Duck, { column }: TypedColumn, rows: number): Promise<Float64Array> {
  const values = new Float64Array(rows);
  let at = 0;
  for await (const block of duck.blocks(`SELECT ${columnName(column)} FROM ${typedTable(column)}`)) {
    values.set(block.float64(0).subarray(0, block.rows), at);
    at += block.rows;
  }
  return values;
}

/** Each series for itself: nothing is derived across their border. */
function bySeries({ series, times }: Placed, make: (from: number, to: number) => Float64Array): Float64Array {
  const all = new Float64Array(times.length);
  for (let from = 0; from < times.length; ) {
    let to = from + 1;
    while (to < times.length && series[to] === series[from]) to++;
    all.set(make(from, to), from);
    from = to;
  }
  return all;
}

/** Makes the columns; the answer has them behind those that are there. */
export async function deriveColumns(request: DeriveRequest): Promise<readonly TypedColumn[]> {
  const { duck, columns, clean, timeZone } = request;
  const wanted = clean.derive ?? [];
  if (wanted.length === 0) return columns;
  const placed = await readPlaced(duck);
  const first =
    (1 + Math.floor(Math.max(...columns.map(({ column }) => column)) / COLUMNS_PER_TABLE)) *
    COLUMNS_PER_TABLE;
  const derived: TypedColumn[] = [];
  const values: Float64Array[] = [];
  for (const [index, one] of wanted.entries()) {
    const source = sourceOf({ ...request, columns: [...columns, ...derived] }, one);
    const known = source && derived.includes(source) ? values[derived.indexOf(source)]! : null;
    const read =
      known ?? (source ? await readColumn(duck, source, placed.times.length) : new Float64Array(0));
    values.push(
      bySeries(placed, (from, to) => {
        const part: DerivedFrom = {
          times: placed.times.subarray(from, to),
          values: read.subarray(from, to),
          timeZone,
        };
        return derivedValues(one, part);
      }),
    );
    derived.push({ name: one.name, kind: 'numeric', column: first + index, categories: null });
  }
  const names = derived.map(({ column }) => columnName(column));
  await duck.addTable(typedTable(first), names, values);
  return [...columns, ...derived];
}
