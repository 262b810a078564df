// Which columns are numbers (and how they are written), which are categories, and which are left out.
import { HindcastError } from '../../contract/errors.ts';
import type { Dialect } from './dialect.ts';
import type { Duck } from './duck.ts';
import {
  DOTTED_THOUSANDS,
  decisiveSql,
  isMissing,
  looksNumeric,
  missingSql,
  type NumberStyle,
  numberSql,
  sqlText,
} from './number-style.ts';
import { columnName, tableColumns, tableCount, tableOf } from './raw-table.ts';
import { nearlyAll } from './tolerance.ts';

export interface NumericColumn {
  readonly kind: 'numeric';
  readonly column: number;
  readonly style: NumberStyle;
  /** Every text that is not NULL already is a finite plain number: no further checks are needed. */
  readonly exact: boolean;
}

export interface CategoryColumn {
  readonly kind: 'category';
  readonly column: number;
}

export type ValueColumn = NumericColumn | CategoryColumn;

export interface TextColumn {
  readonly column: number;
  /** Distinct values; a lower bound above MAX_CATEGORIES. */
  readonly distinct: number;
  readonly present: number;
}

export interface ColumnKinds {
  readonly numeric: readonly NumericColumn[];
  readonly text: readonly TextColumn[];
  readonly notes: readonly string[];
}

const MAX_CATEGORIES = 1_000;
const COLUMNS_PER_QUERY = 32;

interface Plainness {
  readonly column: number;
  /** Texts that are not NULL: some may still be words for missing values. */
  readonly present: number;
  readonly plain: number;
}

async function countByColumn(
  duck: Duck,
  columns: readonly number[],
  sql: (x: string, column: number) => readonly string[],
): Promise<Map<number, number[]>> {
  const counts = new Map<number, number[]>();
  for (const [table, all] of Map.groupBy(columns, tableOf)) {
    for (let i = 0; i < all.length; i += COLUMNS_PER_QUERY) {
      const some = all.slice(i, i + COLUMNS_PER_QUERY);
      const parts = some.map((column) => sql(columnName(column), column));
      const numbers = await duck.numbers(`SELECT ${parts.flat().join(', ')} FROM ${table}`);
      let at = 0;
      some.forEach((column, k) => {
        const width = parts[k]?.length ?? 0;
        counts.set(column, numbers.slice(at, at + width));
        at += width;
      });
    }
  }
  return counts;
}

async function countPlain(duck: Duck, columns: readonly number[]): Promise<Plainness[]> {
  const sql = (x: string) => [`count(${x})`, `count(${numberSql(x, 'plain')})`];
  const counts = await countByColumn(duck, columns, sql);
  return columns.map((column) => {
    const [present = 0, plain = 0] = counts.get(column) ?? [];
    return { column, present, plain };
  });
}

interface StyleCounts {
  readonly column: number;
  readonly present: number;
  readonly fitting: Readonly<Record<NumberStyle, number>>;
  /** Values that only this style explains. */
  readonly decisive: Readonly<Record<'thousands' | 'decimal-comma', number>>;
}

/** Counts the styles of columns that aren't wholly plain. Only those that the sample speaks for: regular expressions are slow. */
async function countStyles(duck: Duck, dialect: Dialect, columns: readonly number[]): Promise<StyleCounts[]> {
  const grouped = new Map(columns.map((column) => [column, isMaybeGrouped(dialect, column)]));
  const counts = await countByColumn(duck, columns, (x, column) => {
    const always = [`count(*) FILTER (NOT ${missingSql(x)})`, `count(${numberSql(x, 'plain')})`];
    if (!grouped.get(column)) return always;
    return [
      ...always,
      `count(${numberSql(x, 'thousands')})`,
      `count(${numberSql(x, 'decimal-comma')})`,
      `count(*) FILTER (${decisiveSql(x, 'thousands')})`,
      `count(*) FILTER (${decisiveSql(x, 'decimal-comma')})`,
    ];
  });
  return columns.map((column) => {
    const [present = 0, plain = 0, thousands = 0, comma = 0, sureThousands = 0, sureComma = 0] =
      counts.get(column) ?? [];
    return {
      column,
      present,
      fitting: { plain, thousands, 'decimal-comma': comma },
      decisive: { thousands: sureThousands, 'decimal-comma': sureComma },
    };
  });
}

function isMaybeGrouped(dialect: Dialect, column: number): boolean {
  const known = dialect.sample.map((row) => row[column] ?? '').filter((text) => !isMissing(text));
  const fitting = known.filter(
    (text) => looksNumeric(text, 'thousands') || looksNumeric(text, 'decimal-comma'),
  );
  return known.length === 0 || fitting.length * 2 >= known.length;
}

type GroupedStyle = 'thousands' | 'decimal-comma';

/** What the file as a whole says: the style that has more decisive values in its columns. */
function fileStyle(
  counts: readonly StyleCounts[],
  delimiter: string,
): { style: GroupedStyle; sure: boolean } {
  const sum = (style: GroupedStyle) => counts.reduce((total, { decisive }) => total + decisive[style], 0);
  const thousands = sum('thousands');
  const comma = sum('decimal-comma');
  if (thousands !== comma) return { style: comma > thousands ? 'decimal-comma' : 'thousands', sure: true };
  return { style: delimiter === ';' ? 'decimal-comma' : 'thousands', sure: false };
}

function chooseStyle({ fitting, decisive }: StyleCounts, file: GroupedStyle): NumberStyle {
  const most = Math.max(fitting.plain, fitting.thousands, fitting['decimal-comma']);
  if (fitting.plain === most) return 'plain';
  if (fitting.thousands !== fitting['decimal-comma']) {
    return fitting.thousands === most ? 'thousands' : 'decimal-comma';
  }
  if (decisive.thousands !== decisive['decimal-comma']) {
    return decisive.thousands > decisive['decimal-comma'] ? 'thousands' : 'decimal-comma';
  }
  return file;
}

/** In a file with decimal commas, a column of 1.234 and 12.345.678 holds whole numbers with dots between the thousands. */
async function dottedThousands(
  duck: Duck,
  dialect: Dialect,
  columns: readonly number[],
): Promise<Set<number>> {
  const pattern = new RegExp(`^${DOTTED_THOUSANDS}$`);
  const likely = columns.filter((column) => {
    const dotted = dialect.sample.map((row) => row[column] ?? '').filter((text) => text.includes('.'));
    return dotted.length > 0 && dotted.every((text) => pattern.test(text.trim()));
  });
  const counts = await countByColumn(duck, likely, (x) => [
    `count(*) FILTER (contains(${x}, '.') AND NOT regexp_full_match(trim(${x}), ${sqlText(DOTTED_THOUSANDS)}))`,
  ]);
  return new Set(likely.filter((column) => counts.get(column)?.[0] === 0));
}

const quotedNames = (dialect: Dialect, columns: readonly number[]): string =>
  columns
    .slice(0, 10)
    .map((column) => `"${dialect.names[column]}"`)
    .join(', ') + (columns.length > 10 ? ` and ${columns.length - 10} more` : '');

interface Styled {
  readonly numeric: NumericColumn[];
  readonly rest: readonly StyleCounts[];
  readonly notes: string[];
}

function styledColumns(
  dialect: Dialect,
  counts: readonly StyleCounts[],
): Styled & { readonly style: GroupedStyle; readonly sure: boolean } {
  const { style: file, sure } = fileStyle(counts, dialect.delimiter);
  const numeric: NumericColumn[] = [];
  const rest: StyleCounts[] = [];
  const guessed: number[] = [];
  for (const one of counts) {
    const style = chooseStyle(one, file);
    if (!nearlyAll(one.fitting[style], one.present)) {
      rest.push(one);
      continue;
    }
    numeric.push({ kind: 'numeric', column: one.column, style, exact: false });
    const tied = one.fitting.thousands === one.fitting['decimal-comma'];
    const undecided = one.decisive.thousands === 0 && one.decisive['decimal-comma'] === 0;
    if (style !== 'plain' && tied && undecided && !sure) guessed.push(one.column);
  }
  const notes: string[] = [];
  if (guessed.length > 0) {
    const meaning = file === 'thousands' ? 'a thousands separator' : 'the decimal sign';
    notes.push(
      `The comma in ${quotedNames(dialect, guessed)} was taken for ${meaning}; the file does not tell for sure.`,
    );
  }
  return { numeric, rest, notes, style: file, sure };
}

async function countTexts(duck: Duck, rest: readonly StyleCounts[]): Promise<TextColumn[]> {
  const columns = rest.map(({ column }) => column);
  const value = (x: string) => `CASE WHEN NOT ${missingSql(x)} THEN trim(${x}) END`;
  const rough = await countByColumn(duck, columns, (x) => [`approx_count_distinct(${value(x)})`]);
  const few = columns.filter((column) => (rough.get(column)?.[0] ?? 0) <= 2 * MAX_CATEGORIES);
  const exact = await countByColumn(duck, few, (x) => [`count(DISTINCT ${value(x)})`]);
  return rest.map(({ column, present }) => ({
    column,
    present,
    distinct: exact.get(column)?.[0] ?? rough.get(column)?.[0] ?? 0,
  }));
}

/** Looks at every column but the time column and the `skipped` ones. */
export async function findColumnKinds(
  duck: Duck,
  dialect: Dialect,
  skipped: ReadonlySet<number>,
): Promise<ColumnKinds> {
  const plainness: Plainness[] = [];
  for (let table = 0; table < tableCount(dialect.names.length); table++) {
    const [from, to] = tableColumns(table, dialect.names.length);
    const columns = Array.from({ length: to - from }, (_, i) => from + i).filter((c) => !skipped.has(c));
    plainness.push(...(await countPlain(duck, columns)));
  }
  const empty = plainness.filter(({ present }) => present === 0).map(({ column }) => column);
  const exact = plainness.filter(({ present, plain }) => present > 0 && plain === present);
  const doubtful = plainness.filter(({ present, plain }) => plain < present).map(({ column }) => column);
  const counts = await countStyles(duck, dialect, doubtful);
  const styled = styledColumns(
    dialect,
    counts.filter(({ present }) => present > 0),
  );
  const blank = counts.filter(({ present }) => present === 0).map(({ column }) => column);
  const comma = styled.style === 'decimal-comma' && styled.sure && dialect.delimiter !== ',';
  const dotted = comma
    ? await dottedThousands(
        duck,
        dialect,
        exact.map(({ column }) => column),
      )
    : new Set<number>();
  const numeric = exact.map(
    ({ column }): NumericColumn =>
      dotted.has(column)
        ? { kind: 'numeric', column, style: 'decimal-comma', exact: false }
        : { kind: 'numeric', column, style: 'plain', exact: true },
  );
  const notes = [...styled.notes];
  if (dotted.size > 0) {
    notes.push(
      `The dots in ${quotedNames(dialect, [...dotted])} were taken for thousands separators, since other columns have decimal commas.`,
    );
  }
  const valueless = [...empty, ...blank].sort((a, b) => a - b);
  if (valueless.length > 0)
    notes.push(`Columns without any value were left out: ${quotedNames(dialect, valueless)}.`);
  return {
    numeric: [...numeric, ...styled.numeric].sort((a, b) => a.column - b.column),
    text: await countTexts(duck, styled.rest),
    notes,
  };
}

function isCategory({ distinct, present }: TextColumn): boolean {
  return distinct <= MAX_CATEGORIES && distinct <= Math.max(present / 10, Math.min(present / 2, 20));
}

/** The columns that become values of the series, in the order of the file. Error: `no-numeric-column`. */
export function chooseColumns(
  dialect: Dialect,
  kinds: ColumnKinds,
  seriesColumn: number | null,
  fileName: string,
): { readonly columns: readonly ValueColumn[]; readonly notes: readonly string[] } {
  const numeric = kinds.numeric.filter(({ column }) => column !== seriesColumn);
  if (numeric.length === 0) {
    const names = dialect.names
      .slice(0, 20)
      .map((name) => `"${name}"`)
      .join(', ');
    const message = `${fileName} has no numeric column among ${names}; a dataset needs at least one column of numbers beside its times.`;
    throw new HindcastError('no-numeric-column', message, { details: { file: fileName } });
  }
  const text = kinds.text.filter(({ column }) => column !== seriesColumn);
  const categories = text
    .filter(isCategory)
    .map(({ column }): CategoryColumn => ({ kind: 'category', column }));
  const left = text.filter((one) => !isCategory(one));
  const notes = left.map(
    ({ column, distinct, present }) =>
      `"${dialect.names[column]}" was left out: it is text with ${distinct.toLocaleString('en-US')} different values in ${present.toLocaleString('en-US')} rows.`,
  );
  return { columns: [...numeric, ...categories].sort((a, b) => a.column - b.column), notes };
}
