// Finds repeated values that are far from all others, such as -999, which many stations write where nothing was measured. The
// values are kept, since only the user knows what they mean, and named in a note if they are nines, negative or very far. Other
// repeated values are usually measurements, such as the zeros of the sun at night or a full tank's 100.

import type { TypedColumn } from '../table/typed-table.ts';
import type { ColumnStatistics } from './statistics.ts';

/** Rows of a series that have the value; its distance from the others over the span of those. */
const LEAST_ROWS = 3;
const FAR = 2;
/** So far from the others lies no measurement, whatever its digits. */
const VERY_FAR = 100;

const NINES = /^9{2,}(\.9+)?$/;
/** The largest values of integers of 8, 16 and 32 bits. */
const LARGEST = new Set([127, 255, 32_767, 65_535, 2_147_483_647, 4_294_967_295]);
/** No quantity is measured in such numbers: fill values of NetCDF and its like. One is enough. */
const FILL = 1e19;

/** What stations and loggers write where they have nothing, and where a counter of 16 or 32 bits ends: one is enough, and less far. */
const CODE = /^-9{2,}(\.9+)?$|^-9\.9+$|^9{2,}\.9+$|^9{3,}$/;
const ENDS = new Set([32_767, -32_768, 65_535, 2_147_483_647, -2_147_483_648, 4_294_967_295]);
const FAR_OF_CODES = 0.3;

const isCode = (value: number): boolean => ENDS.has(value) || CODE.test(String(value));
const mayBeMissing = (value: number): boolean =>
  value <= 0 || isCode(value) || value >= FILL || LARGEST.has(value) || NINES.test(String(value));
/** A single 999 may be a measurement. */
const leastRows = (value: number): number =>
  Math.abs(value) >= FILL || (isCode(value) && value < 0) ? 1 : isCode(value) ? 2 : LEAST_ROWS;
/** Distance from the others over their span. What is never negative has no negative values. */
function farOf(value: number, from: number): number {
  if (!isCode(value)) return FAR;
  return value < 0 && from >= 0 ? 0 : FAR_OF_CODES;
}

/** A repeated far value of a column, and the range of the others. */
interface FarValue {
  readonly value: number;
  readonly column: string;
  readonly rows: number;
  readonly others: readonly [number, number];
}

function outliersOf(
  column: string,
  { min, atMin, aboveMin, max, atMax, belowMax, valid }: ColumnStatistics,
): FarValue[] {
  const isFar = ({ value, rows, others: [from, to] }: FarValue) => {
    const distance = Math.max(from - value, value - to);
    const isApart =
      to > from ? distance > farOf(value, from) * (to - from) : to === from && Math.abs(value) >= FILL;
    // A sensor at rest for a quarter of the time reads 0; a fault is rarer.
    const isRare = value !== 0 || rows * 5 <= valid;
    const isSentinel = mayBeMissing(value) || (to > from && distance > VERY_FAR * (to - from));
    // Few that are very far are named with their lines, as spikes.
    const isSpike = rows < LEAST_ROWS && Math.abs(value) < FILL && distance > VERY_FAR * (to - from);
    return isSentinel && rows >= leastRows(value) && isApart && isRare && !isSpike;
  };
  // Where both ends are such values, each of them hides how far the other is.
  const inner: readonly [number, number] = [aboveMin, belowMax];
  const both = [
    { value: min, column, rows: atMin, others: inner },
    { value: max, column, rows: atMax, others: inner },
  ];
  if (both.every(isFar)) return both;
  const low: FarValue = { value: min, column, rows: atMin, others: [aboveMin, max] };
  const high: FarValue = { value: max, column, rows: atMax, others: [min, belowMax] };
  return [low, high].filter(isFar);
}

/** The same value of the same column in several series is one. */
function together(positions: readonly FarValue[]): FarValue[] {
  return [...Map.groupBy(positions, ({ column }) => column).values()].map((same) => ({
    ...(same[0] as FarValue),
    rows: same.reduce((sum, { rows }) => sum + rows, 0),
    others: [
      Math.min(...same.map(({ others: [from] }) => from)),
      Math.max(...same.map(({ others: [, to] }) => to)),
    ],
  }));
}

const plain = (value: number): string => String(Number(value.toPrecision(6)));
/** 1e20 is shorter than its 21 digits. */
const shown = (value: number): string =>
  Math.abs(value) >= 1e15 ? value.toExponential().replace('e+', 'e') : String(value);

const NAMED = 5;

function noteOf(value: number, positions: readonly FarValue[]): string {
  const named = positions
    .slice(0, NAMED)
    .map(({ column, rows }) => `"${column}" (${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'})`)
    .join(', ');
  const more = positions.length > NAMED ? ` and ${positions.length - NAMED} more columns` : '';
  const [from, to] = positions[0]?.others ?? [0, 0];
  const rest = positions.length === 1 ? ` (${plain(from)} to ${plain(to)})` : '';
  return (
    `${shown(value)} occurs in ${named}${more}, far from all other values there${rest}: ` +
    `if it means that a value is missing, name it among the missing values (in a terminal: --missing ${shown(value)}).`
  );
}

export interface FarValues {
  readonly values: readonly string[];
  /** [values] on each. */
  readonly notes: readonly string[];
  /** [values] a column that has it. */
  readonly columns: readonly string[];
  readonly rows: readonly number[];
}

/** Null where there are none. `statistics`: by series, in the order of `columns`. */
export function findFarValues(
  columns: readonly TypedColumn[],
  statistics: readonly (readonly ColumnStatistics[])[],
): FarValues | null {
  const positions = statistics.flatMap((series) =>
    series.flatMap((one, i) => (columns[i]?.kind === 'numeric' ? outliersOf(columns[i].name, one) : [])),
  );
  if (positions.length === 0) return null;
  const byValue = [...Map.groupBy(positions, ({ value }) => value)];
  return {
    values: byValue.map(([value]) => shown(value)),
    notes: byValue.map(([value, all]) => noteOf(value, together(all))),
    columns: byValue.map(([, all]) => all[0]?.column ?? ''),
    rows: byValue.map(([, all]) => all.reduce((sum, { rows }) => sum + rows, 0)),
  };
}
