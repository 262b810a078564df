// Decides which columns are numbers (and how they are written), which are categories, and which are left out.
import { HindcastError } from '../../../contract/errors.ts';
import type { Dialect } from '../source/dialect.ts';
import type { Duck } from '../source/duck.ts';
import { countByColumn } from '../table/count-columns.ts';
import { tableColumns, tableCount } from '../table/raw-table.ts';
import { nearlyAll } from '../tolerance.ts';
import {
  chooseStyle,
  countStyles,
  dottedThousands,
  fileStyle,
  type GroupedStyle,
  type StyleCounts,
} from './choose-style.ts';
import { missingSql, type NumberStyle, numberSql } from './number-style.ts';

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

interface Plainness {
  readonly column: number;
  /** Texts that are not NULL: some may still be words for missing values. */
  readonly present: number;
  readonly plain: number;
}

async function countPlain(duck: Duck, columns: readonly number[]): Promise<Plainness[]> {
  const sql = (x: string) => [`count(${x})`, `count(${numberSql(x, 'plain')})`];
  const counts = await countByColumn(duck, columns, sql);
  return columns.map((column) => {
    const [present = 0, plain = 0] = counts.get(column) ?? [];
    return { column, present, plain };
  });
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
