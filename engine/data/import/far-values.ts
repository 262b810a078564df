// Values that stand again and again far from all others: -999 and its like, which many stations write where nothing was measured. They are
// kept as they stand, since nobody but the user knows, and named in a note.
import type { SeriesInfo } from '../../contract/dataset.ts';
import type { Duck } from './duck.ts';
import { sqlText } from './number-style.ts';
import { columnName } from './raw-table.ts';
import { type TypedColumn, typedTable } from './typed-table.ts';

/** Rows that have the value; different values of the column; its distance from the others over the span of those. */
const LEAST_ROWS = 3;
const LEAST_VALUES = 20;
const FAR = 2;
const COLUMNS_PER_QUERY = 64;

interface Extremes {
  readonly column: TypedColumn;
  readonly min: number;
  readonly max: number;
}

function extremesOf(series: readonly SeriesInfo[], columns: readonly TypedColumn[]): Extremes[] {
  return columns.flatMap((column, i) => {
    if (column.kind !== 'numeric') return [];
    const known = series
      .map((one) => one.columns[i])
      .filter((info) => info !== undefined && info.min !== null);
    if (known.length === 0) return [];
    const min = Math.min(...known.map((info) => info?.min ?? 0));
    const max = Math.max(...known.map((info) => info?.max ?? 0));
    return [{ column, min, max }];
  });
}

const plain = (value: number): string => String(Number(value.toPrecision(6)));

function noteOf({ column, min, max }: Extremes, counted: readonly number[]): string[] {
  const [different = 0, atMin = 0, aboveMin = 0, atMax = 0, belowMax = 0] = counted;
  if (different < LEAST_VALUES) return [];
  const ends = [
    {
      value: min,
      rows: atMin,
      far: aboveMin - min,
      span: max - aboveMin,
      rest: [aboveMin, max],
      word: 'below',
    },
    {
      value: max,
      rows: atMax,
      far: max - belowMax,
      span: belowMax - min,
      rest: [min, belowMax],
      word: 'above',
    },
  ] as const;
  return ends
    .filter(({ rows, far, span }) => rows >= LEAST_ROWS && span > 0 && far > FAR * span)
    .map(
      ({ value, rows, rest: [from, to], word }) =>
        `"${column.name}" is ${value} in ${rows.toLocaleString('en-US')} rows, far ${word} all else (${plain(from)} to ${plain(to)}): ` +
        `if that stands for a missing value, name it among the missing values (in a terminal: --missing ${value}).`,
    );
}

/** Expects the typed tables. */
export async function farValueNotes(
  duck: Duck,
  series: readonly SeriesInfo[],
  columns: readonly TypedColumn[],
): Promise<string[]> {
  const notes: string[] = [];
  const byTable = Map.groupBy(extremesOf(series, columns), ({ column }) => typedTable(column.column));
  for (const [table, all] of byTable) {
    for (let i = 0; i < all.length; i += COLUMNS_PER_QUERY) {
      const some = all.slice(i, i + COLUMNS_PER_QUERY);
      const counts = some.map(({ column, min, max }) => {
        const x = columnName(column.column);
        const [low, high] = [min, max].map((value) => `${sqlText(String(value))}::DOUBLE`);
        const inside = `${x} > ${low} AND ${x} < ${high}`;
        return [
          `approx_count_distinct(${x})`,
          `count(*) FILTER (${x} = ${low})`,
          `coalesce(min(${x}) FILTER (${inside}), ${high})`,
          `count(*) FILTER (${x} = ${high})`,
          `coalesce(max(${x}) FILTER (${inside}), ${low})`,
        ].join(', ');
      });
      const numbers = await duck.numbers(`SELECT ${counts.join(', ')} FROM ${table}`);
      notes.push(...some.flatMap((one, k) => noteOf(one, numbers.slice(5 * k, 5 * k + 5))));
    }
  }
  return notes;
}
