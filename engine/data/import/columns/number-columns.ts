// Which of the columns that aren't wholly plain are numbers, how they are written, and which words stand among them.
import type { Dialect } from '../source/dialect.ts';
import type { Duck } from '../source/duck.ts';
import { countByColumn } from '../table/count-columns.ts';
import { nearlyAll } from '../tolerance.ts';
import { chooseStyle, type GroupedStyle, type StyleCounts } from './choose-style.ts';
import { type Dress, dressedShapeSql, dressedSql, findDress, mayBeDressed } from './dressed.ts';
import { missingSql, type NumberStyle, numberSql } from './number-style.ts';
import { type NumericColumn, readingSql } from './value-column.ts';

export interface Reading {
  readonly column: number;
  readonly present: number;
  readonly fitting: number;
  readonly style: NumberStyle;
  readonly dress: Dress | null;
  /** Counts of the undressed styles. */
  readonly counts: StyleCounts;
}

const STYLES: readonly NumberStyle[] = ['plain', 'thousands', 'decimal-comma'];

async function dressed(duck: Duck, reading: Reading, file: GroupedStyle): Promise<Reading> {
  const { column, counts } = reading;
  const dress = await findDress(duck, column);
  if (dress === null) return reading;
  const found = await countByColumn(duck, [column], (x) =>
    STYLES.map((style) => `count(${dressedSql(x, style, dress)})`),
  );
  const [plain = 0, thousands = 0, comma = 0] = found.get(column) ?? [];
  const fitting = { plain, thousands, 'decimal-comma': comma };
  const style = chooseStyle({ ...counts, fitting }, file);
  return fitting[style] > reading.fitting ? { ...reading, style, dress, fitting: fitting[style] } : reading;
}

/** How each column is read best. Regular expressions are slow: only columns whose first values speak for it are looked at twice. */
export async function readNumbers(
  duck: Duck,
  dialect: Dialect,
  counts: readonly StyleCounts[],
  file: GroupedStyle,
): Promise<Reading[]> {
  const plain = counts.map((one): Reading => {
    const style = chooseStyle(one, file);
    return {
      column: one.column,
      present: one.present,
      fitting: one.fitting[style],
      style,
      dress: null,
      counts: one,
    };
  });
  const byColumn = new Map(plain.map((one) => [one.column, one]));
  const maybe = plain
    .filter(({ column, fitting, present }) => fitting < present && mayBeDressed(dialect, column))
    .map(({ column }) => column);
  const shaped = await countByColumn(duck, maybe, (x, column) => [
    `count(*) FILTER (${numberSql(x, byColumn.get(column)?.style ?? 'plain')} IS NULL AND ${dressedShapeSql(x)})`,
  ]);
  const readings: Reading[] = [];
  for (const one of plain) {
    readings.push((shaped.get(one.column)?.[0] ?? 0) > 0 ? await dressed(duck, one, file) : one);
  }
  return readings;
}

/** Words that may stand among the numbers of a column, and numbers for each of them. */
const MOST_WORDS = 20;
const NUMBERS_PER_WORD = 2;
const NUMBERS_BESIDE_ONE_WORD = 8;

/** Columns of numbers with a few words: the words are few beside the numbers. */
async function withFewWords(duck: Duck, readings: readonly Reading[]): Promise<Set<number>> {
  const half = readings.filter(({ fitting }) => fitting > 0);
  const byColumn = new Map(half.map((one) => [one.column, one]));
  const counts = await countByColumn(
    duck,
    half.map(({ column }) => column),
    (x, column) => {
      const number = readingSql(x, byColumn.get(column) as Reading);
      return [
        `count(DISTINCT trim(${x})) FILTER (NOT ${missingSql(x)} AND ${number} IS NULL)`,
        `count(DISTINCT ${number})`,
      ];
    },
  );
  const few = half.filter(({ column }) => {
    const [words = 0, numbers = 0] = counts.get(column) ?? [];
    const { fitting, present } = byColumn.get(column) as Reading;
    // One word that stands where nothing was measured may fill the most of a column.
    if (fitting * 2 < present) return words === 1 && numbers >= NUMBERS_BESIDE_ONE_WORD;
    return words <= MOST_WORDS && numbers > NUMBERS_PER_WORD * words;
  });
  return new Set(few.map(({ column }) => column));
}

/** A value and its quality in one text, as stations write them: 10000,1 and 10010,9. The last digit is never 0, and of few kinds. */
async function withFlags(duck: Duck, dialect: Dialect, readings: readonly Reading[]): Promise<Set<number>> {
  if (dialect.delimiter !== ',') return new Set();
  const comma = readings.filter(({ style }) => style === 'decimal-comma').map(({ column }) => column);
  const counts = await countByColumn(duck, comma, (x) => [
    `count(*) FILTER (regexp_matches(${x}, ',[1-9]\\s*$'))`,
    `count(*) FILTER (NOT ${missingSql(x)})`,
    `count(DISTINCT regexp_extract(${x}, ',(.*)$', 1))`,
    `count(DISTINCT regexp_extract(${x}, '^(.*),', 1))`,
  ]);
  const flagged = comma.filter((column) => {
    const [flags = 0, present = 0, kinds = 0, wholes = 0] = counts.get(column) ?? [];
    return present >= 20 && flags === present && kinds <= 3 && wholes >= 10 * kinds;
  });
  return new Set(flagged);
}

export interface NumberColumns {
  readonly numeric: readonly NumericColumn[];
  /** Columns of text, and how many of their values are numbers. */
  readonly rest: readonly Reading[];
  readonly flagged: ReadonlySet<number>;
}

export async function decideNumbers(
  duck: Duck,
  dialect: Dialect,
  readings: readonly Reading[],
): Promise<NumberColumns> {
  const flagged = await withFlags(duck, dialect, readings);
  const unsure = readings.filter(({ fitting, present }) => !nearlyAll(fitting, present));
  const worded = await withFewWords(duck, unsure);
  const isNumeric = ({ column, fitting, present }: Reading) =>
    !flagged.has(column) && (nearlyAll(fitting, present) || worded.has(column));
  return {
    numeric: readings
      .filter(isNumeric)
      .map(({ column, style, dress }) => ({ kind: 'numeric', column, style, exact: false, dress })),
    rest: readings.filter((one) => !isNumeric(one)),
    flagged,
  };
}
