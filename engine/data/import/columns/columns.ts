// Decides which columns are numbers (and how they are written), which are categories, and which are left out.
import { HindcastError } from '../../../contract/values/errors.ts';
import { type Dialect, sampleOf } from '../source/dialect.ts';
import type { Duck } from '../source/duck.ts';
import { countByColumn } from '../table/count-columns.ts';
import { tableColumns, tableCount } from '../table/raw-table.ts';
import { countStyles, dottedThousands, fileStyle, type StyleCounts } from './choose-style.ts';
import { decideNumbers, type Reading, readNumbers } from './number-columns.ts';
import {
  DOTTED_THOUSANDS,
  isMissing,
  looksNumericInAnyStyle,
  missingSql,
  numberSql,
} from './number-style.ts';
import type { CategoryColumn, NumericColumn, ValueColumn } from './value-column.ts';

export interface TextColumn {
  readonly column: number;
  /** Distinct values; a lower bound above MAX_CATEGORIES. */
  readonly distinct: number;
  readonly present: number;
  /** Values that are numbers. */
  readonly numbers: number;
  /** Each value seems to hold a number and its quality. */
  readonly flagged: boolean;
}

export interface ColumnKinds {
  readonly numeric: readonly NumericColumn[];
  readonly text: readonly TextColumn[];
  readonly notes: readonly string[];
}

export const MAX_CATEGORIES = 1_000;

interface Plainness {
  readonly column: number;
  /** Texts that are not NULL: some may still be words for missing values. */
  readonly present: number;
  readonly plain: number;
}

async function countPlain(duck: Duck, columns: readonly number[]): Promise<Plainness[]> {
  const sql = (x: string) => [`count(${x})`, `count(${numberSql(x, 'plain')})`];
  const isKnown = (column: number) => (duck.known?.numbersOf(column) ?? null) !== null;
  const asked = columns.filter((column) => !isKnown(column));
  const counts = await countByColumn(duck, asked, sql);
  return columns.map((column) => {
    const known = duck.known?.numbersOf(column) ?? null;
    if (known !== null) return { column, present: known, plain: known };
    const [present = 0, plain = 0] = counts.get(column) ?? [];
    return { column, present, plain };
  });
}

const quotedNames = (dialect: Dialect, columns: readonly number[]): string =>
  columns
    .slice(0, 10)
    .map((column) => `"${dialect.names[column]}"`)
    .join(', ') + (columns.length > 10 ? ` and ${columns.length - 10} more` : '');

/** Commas that may be thousands separators or decimal signs. */
function guessNote(
  dialect: Dialect,
  numeric: readonly NumericColumn[],
  counts: readonly StyleCounts[],
): string[] {
  const { style: file, sure } = fileStyle(counts, dialect.delimiter);
  const guessed = numeric
    .filter(({ column, style }) => {
      const one = counts.find((count) => count.column === column);
      if (sure || style === 'plain' || one === undefined) return false;
      const { fitting, decisive } = one;
      const tied = fitting.thousands === fitting['decimal-comma'] && fitting.thousands > 0;
      return tied && decisive.thousands === 0 && decisive['decimal-comma'] === 0;
    })
    .map(({ column }) => column);
  if (guessed.length === 0) return [];
  const meaning = file === 'thousands' ? 'a thousands separator' : 'the decimal sign';
  return [
    `The comma in ${quotedNames(dialect, guessed)} was taken for ${meaning}; the file does not tell for sure.`,
  ];
}

/** In a file of semicolons and day-first dates, 1.234 may mean 1234. */
function dotNote(dialect: Dialect, exact: readonly number[]): string[] {
  if (
    dialect.delimiter !== ';' &&
    !dialect.sample.some((row) => row.some((text) => DOTTED_DATE.test(text)))
  ) {
    return [];
  }
  const pattern = new RegExp(`^${DOTTED_THOUSANDS}$`);
  const dotted = exact.filter((column) => {
    const known = dialect.sample.map((row) => (row[column] ?? '').trim()).filter((text) => !isMissing(text));
    return known.length >= 3 && known.every((text) => pattern.test(text));
  });
  if (dotted.length === 0) return [];
  return [
    `The dot in ${quotedNames(dialect, dotted)} was taken for the decimal sign, though every value has three digits behind it: if 1.234 means 1234 there, name the comma as the decimal sign (in a terminal: --decimal ,).`,
  ];
}

const DOTTED_DATE = /^\d{1,2}\.\d{1,2}\.\d{4}/;

const dressNotes = (dialect: Dialect, numeric: readonly NumericColumn[]): string[] =>
  [
    ...Map.groupBy(
      numeric.filter(({ dress }) => dress !== null && dress.says.length > 0),
      ({ dress }) => dress?.says.join('; ') ?? '',
    ),
  ].map(
    ([says, columns]) =>
      `${quotedNames(
        dialect,
        columns.map(({ column }) => column),
      )}: ${says}.`,
  );

async function countTexts(
  duck: Duck,
  rest: readonly Reading[],
  flagged: ReadonlySet<number>,
): Promise<TextColumn[]> {
  const columns = rest.map(({ column }) => column);
  const value = (x: string) => `CASE WHEN NOT ${missingSql(x)} THEN trim(${x}) END`;
  const rough = await countByColumn(duck, columns, (x) => [`approx_count_distinct(${value(x)})`]);
  const few = columns.filter((column) => (rough.get(column)?.[0] ?? 0) <= 2 * MAX_CATEGORIES);
  const exact = await countByColumn(duck, few, (x) => [`count(DISTINCT ${value(x)})`]);
  return rest.map(({ column, present, fitting }) => ({
    column,
    present,
    numbers: flagged.has(column) ? 0 : fitting,
    flagged: flagged.has(column),
    distinct: exact.get(column)?.[0] ?? rough.get(column)?.[0] ?? 0,
  }));
}

/** Looks at every column but the time column and the `skipped` ones. */
export async function findColumnKinds(
  duck: Duck,
  dialect: Dialect,
  skipped: ReadonlySet<number>,
  decimal?: '.' | ',',
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
  const known = counts.filter(({ present }) => present > 0);
  const file = fileStyle(known, dialect.delimiter, decimal);
  const readings = await readNumbers(duck, dialect, known, file.style);
  const styled = await decideNumbers(duck, dialect, readings);
  const blank = counts.filter(({ present }) => present === 0).map(({ column }) => column);
  const mayBeComma = dialect.delimiter !== ',' || decimal !== undefined;
  const comma = file.style === 'decimal-comma' && file.sure && mayBeComma;
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
        ? { kind: 'numeric', column, style: 'decimal-comma', exact: false, dress: null }
        : { kind: 'numeric', column, style: 'plain', exact: true, dress: null },
  );
  const undotted = exact.map(({ column }) => column).filter((column) => !dotted.has(column));
  const notes = [
    ...(decimal === undefined ? guessNote(dialect, styled.numeric, known) : []),
    ...(decimal === undefined ? dotNote(dialect, undotted) : []),
    ...dressNotes(dialect, styled.numeric),
  ];
  if (dotted.size > 0) {
    notes.push(
      `The dots in ${quotedNames(dialect, [...dotted])} were taken for thousands separators, since ${decimal === undefined ? 'other columns have decimal commas' : 'the comma is the decimal sign'}.`,
    );
  }
  const valueless = [...empty, ...blank].sort((a, b) => a - b);
  if (valueless.length > 0)
    notes.push(`Columns without any value were left out: ${quotedNames(dialect, valueless)}.`);
  return {
    numeric: [...numeric, ...styled.numeric].sort((a, b) => a.column - b.column),
    text: await countTexts(duck, styled.rest, styled.flagged),
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
  seriesColumns: readonly number[],
  fileName: string,
): { readonly columns: readonly ValueColumn[]; readonly notes: readonly string[] } {
  const numeric = kinds.numeric.filter(({ column }) => !seriesColumns.includes(column));
  const text = kinds.text.filter(({ column }) => !seriesColumns.includes(column));
  if (numeric.length === 0) throw noNumericColumn(dialect, text, fileName);
  const categories = text.filter(isCategory);
  const left = text.filter((one) => !isCategory(one));
  const notes = [
    ...left.map((one) => `"${dialect.names[one.column]}" was left out: ${whyText(dialect, one)}.`),
    ...categories
      .filter(({ numbers, present, flagged }) => flagged || numbers * 5 >= present)
      .map((one) => `"${dialect.names[one.column]}" was taken for categories: ${whyText(dialect, one)}.`),
  ];
  const kept = categories.map(({ column }): CategoryColumn => ({ kind: 'category', column }));
  return { columns: [...numeric, ...kept].sort((a, b) => a.column - b.column), notes };
}

const MAX_SHOWN = 40;
const shown = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);

/** Why a column is no column of numbers, with an example. */
function whyText(dialect: Dialect, { column, distinct, present, numbers, flagged }: TextColumn): string {
  const values = sampleOf(dialect, column);
  const examples = values.filter((text) => !looksNumericInAnyStyle(text));
  const example = shown((examples[0] ?? values[0] ?? '').trim());
  if (flagged) return `values such as "${example}" seem to hold a number and its quality in one`;
  const count = (many: number) => many.toLocaleString('en-US');
  if (numbers * 5 >= present) {
    return (
      `${count(present - numbers)} of its ${count(present)} values are no numbers, such as "${example}"; ` +
      'if they stand for missing values, name them (in a terminal: --missing)'
    );
  }
  const what = `it is text with ${count(distinct)} different values in ${count(present)} rows`;
  return example === '' ? what : `${what}, such as "${example}"`;
}

function noNumericColumn(dialect: Dialect, text: readonly TextColumn[], fileName: string): HindcastError {
  const nearest = [...text].sort((a, b) => b.numbers / b.present - a.numbers / a.present)[0];
  const why = nearest
    ? `"${shown(dialect.names[nearest.column] ?? '')}": ${whyText(dialect, nearest)}`
    : null;
  const names = dialect.names.slice(0, 8).map((name) => `"${shown(name)}"`);
  const more = dialect.names.length > 8 ? ` and ${dialect.names.length - 8} more` : '';
  const message =
    `${fileName} has no numeric column${why === null ? ` among ${names.join(', ')}${more}` : ` (${why})`}; ` +
    'a dataset needs at least one column of numbers beside its times.';
  return new HindcastError('no-numeric-column', message, { details: { file: fileName } });
}
