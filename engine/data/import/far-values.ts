// Values that stand again and again far from all others: -999 and its like, which many stations write where nothing was measured. They are
// kept as they stand, since nobody but the user knows, and named: nines, or in a file of one series any negative number. Others are measured as a rule, as a night's sun and a full tank.
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
  /** May the value stand for a missing one? */
  may(value: number): boolean;
}

const NINES = /^-?9{2,}(\.9+)?$/;

function extremesOf(series: readonly SeriesInfo[], columns: readonly TypedColumn[]): Extremes[] {
  return columns.flatMap((column, i) => {
    if (column.kind !== 'numeric') return [];
    const known = series
      .map((one) => one.columns[i])
      .filter((info) => info !== undefined && info.min !== null);
    if (known.length === 0) return [];
    const min = Math.min(...known.map((info) => info?.min ?? 0));
    const max = Math.max(...known.map((info) => info?.max ?? 0));
    const may = (value: number) => NINES.test(String(value)) || (value < 0 && series.length === 1);
    return may(min) || may(max) ? [{ column, min, max, may }] : [];
  });
}

/** A column in which the value stands, and what else does. */
interface Place {
  readonly value: number;
  readonly column: string;
  readonly rows: number;
  readonly others: readonly [number, number];
}

function placesOf({ column, min, max, may }: Extremes, counted: readonly number[]): Place[] {
  const [different = 0, atMin = 0, aboveMin = 0, atMax = 0, belowMax = 0] = counted;
  const low: Place = { value: min, column: column.name, rows: atMin, others: [aboveMin, max] };
  const high: Place = { value: max, column: column.name, rows: atMax, others: [min, belowMax] };
  return [low, high].filter(({ value, rows, others: [from, to] }) => {
    const distance = Math.max(from - value, value - to);
    if (!may(value) || rows < LEAST_ROWS || different < LEAST_VALUES) return false;
    return to > from && distance > FAR * (to - from);
  });
}

async function countPlaces(duck: Duck, extremes: readonly Extremes[]): Promise<Place[]> {
  const places: Place[] = [];
  const byTable = Map.groupBy(extremes, ({ column }) => typedTable(column.column));
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
      places.push(...some.flatMap((one, k) => placesOf(one, numbers.slice(5 * k, 5 * k + 5))));
    }
  }
  return places;
}

const plain = (value: number): string => String(Number(value.toPrecision(6)));

const NAMED = 5;

function noteOf(value: number, places: readonly Place[]): string {
  const named = places
    .slice(0, NAMED)
    .map(({ column, rows }) => `"${column}" (${rows.toLocaleString('en-US')} rows)`)
    .join(', ');
  const more = places.length > NAMED ? ` and ${places.length - NAMED} more columns` : '';
  const [from, to] = places[0]?.others ?? [0, 0];
  const rest = places.length === 1 ? ` (${plain(from)} to ${plain(to)})` : '';
  return (
    `${value} stands in ${named}${more}, far from all else there${rest}: ` +
    `if it means that a value is missing, name it among the missing values (in a terminal: --missing ${value}).`
  );
}

/** The values, and a note on each; null where there are none. Expects the typed tables. */
export async function findFarValues(
  duck: Duck,
  series: readonly SeriesInfo[],
  columns: readonly TypedColumn[],
): Promise<{ readonly values: string[]; readonly notes: string[] } | null> {
  const places = await countPlaces(duck, extremesOf(series, columns));
  if (places.length === 0) return null;
  const byValue = [...Map.groupBy(places, ({ value }) => value)];
  return {
    values: byValue.map(([value]) => String(value)),
    notes: byValue.map(([value, all]) => noteOf(value, all)),
  };
}
