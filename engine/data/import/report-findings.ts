// Findings that come from the import itself: rows of the same time, and values that may mean that one is missing.
import type { ImportReport } from '../../contract/datasets/dataset.ts';
import type { Finding } from '../../contract/datasets/findings.ts';
import type { FarValues } from './columns/far-values.ts';
import { MOST_BYTES_WALKED } from './look/findings.ts';
import type { Placed } from './rows/placed.ts';
import { createRoom } from './rows/room.ts';
import type { Dialect, TextFile } from './source/dialect.ts';
import { lineNumbers } from './table/table-check.ts';
import type { TypedColumn } from './table/typed-table.ts';

const MOST_EXAMPLES = 5;
/** Values whose rows are looked for: each takes a walk over the file. */
const MOST_SHOWN = 10;

interface Imported {
  readonly placed: Placed;
  readonly file: TextFile;
  readonly dialect: Dialect;
  readonly columns: readonly TypedColumn[];
}

/** The first rows of a column with a value, as they stand in the file. */
async function examplesOf(
  { placed, file, dialect, columns }: Imported,
  { name, value }: { readonly name: string; readonly value: number },
): Promise<Finding['examples']> {
  const column = columns.find((one) => one.name === name);
  const [values] = column === undefined ? [] : await placed.read([column], createRoom());
  const positions: number[] = [];
  for (let at = 0; values && at < values.length && positions.length < MOST_EXAMPLES; at++)
    if (values[at] === value) positions.push(at);
  const isShort = file.bytes <= MOST_BYTES_WALKED;
  const rowOf = isShort ? await placed.rowsOfFile(positions) : new Map<number, number>();
  const lines = isShort ? await lineNumbers(file, dialect, [...rowOf.values()]) : new Map<number, number>();
  return positions.map((at) => ({
    timeUs: Number(placed.times[at]),
    line: lines.get(rowOf.get(at) ?? -1) ?? null,
    value,
  }));
}

export async function sentinelFindings(
  { values, notes, columns, rows }: FarValues,
  imported: Imported,
): Promise<Finding[]> {
  const examples: Finding['examples'][] = [];
  for (const [i, value] of values.slice(0, MOST_SHOWN).entries())
    examples.push(await examplesOf(imported, { name: columns[i] ?? '', value: Number(value) }));
  return values.map((value, i) => ({
    check: 'sentinel',
    column: null,
    series: null,
    count: rows[i] ?? 0,
    words: (notes[i] ?? '').replace(/: if it means.*$/, ''),
    examples: examples[i] ?? [],
    spans: [],
    remedy: { words: `read ${value} as missing`, missing: [value] },
  }));
}

/** Rows that were set aside because a later one has the same time. */
export function duplicateFindings({ setAside }: Pick<ImportReport, 'setAside'>): Finding[] {
  const same = setAside.filter(({ reason }) => /has the same time/.test(reason));
  if (same.length === 0) return [];
  return [
    {
      check: 'duplicates',
      column: null,
      series: null,
      count: same.length,
      words: `${same.length.toLocaleString('en-US')} ${same.length === 1 ? 'row has' : 'rows have'} the time of a later row and ${same.length === 1 ? 'was' : 'were'} set aside`,
      examples: same.slice(0, MOST_EXAMPLES).map(({ line }) => ({ timeUs: 0, line, value: null })),
      spans: [],
      remedy: { words: 'take the mean of the rows of one time', clean: { repeats: 'mean' } },
    },
  ];
}
