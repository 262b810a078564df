// Columns of numbers as one input: a vector a row, or, where the columns are numbered one after the other, a series a row.
import { isMissing } from '../../import/columns/number-style.ts';
import type { SampleValues } from '../sample-table.ts';

interface NumberColumn {
  readonly name: string;
  readonly cells: readonly string[];
}

export interface PackedNumbers {
  readonly column: Extract<SampleValues, { kind: 'sequence' }>;
  /** Its columns are steps, so that they say nothing by themselves. */
  readonly isSeries: boolean;
}

const FEWEST_STEPS = 8;

/** Rows in which series end early are shorter; what is missing inside is NaN. Null without columns. */
export function packNumbers(columns: readonly NumberColumn[]): PackedNumbers | null {
  const [first] = columns;
  if (!first) return null;
  const isSeries = columns.length >= FEWEST_STEPS && areConsecutive(columns.map(({ name }) => name));
  const numbers = columns.map(({ cells }) =>
    Float32Array.from(cells, (cell) => (isMissing(cell.trim()) ? Number.NaN : Number(cell))),
  );
  const sequences = first.cells.map((_, row) => {
    const values = Float32Array.from(numbers, (column) => column[row]!);
    return isSeries ? { channels: 1, values: withoutEnd(values) } : { channels: numbers.length, values };
  });
  return { column: { name: nameFor(columns, isSeries), kind: 'sequence', sequences }, isSeries };
}

function nameFor(columns: readonly NumberColumn[], isSeries: boolean): string {
  const taken = new Set(columns.map(({ name }) => name));
  const wanted = isSeries ? 'series' : 'numbers';
  return taken.has(wanted) ? `${wanted} of the row` : wanted;
}

/** `1, 2, 3`, `t0, t1, t2`, `V2, V3, V4`. */
function areConsecutive(names: readonly string[]): boolean {
  const parts = names.map((name) => /^(.*?)(\d+)$/.exec(name.trim()));
  const [first] = parts;
  if (!first) return false;
  return parts.every(
    (part, index) => part?.[1] === first[1] && Number(part?.[2]) === Number(first[2]) + index,
  );
}

function withoutEnd(values: Float32Array): Float32Array {
  let length = values.length;
  while (length > 1 && Number.isNaN(values[length - 1]!)) length -= 1;
  return values.slice(0, length);
}
