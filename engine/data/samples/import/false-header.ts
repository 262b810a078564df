// The table of a file of samples, whose first line is taken for a header only where it is one. Pairs of words, texts with labels and lists of tokens
// often come without: their first line has no numbers, but nothing either that sets it apart from the lines below it.
import type { ImportOptions } from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { isMissing } from '../../import/columns/number-style.ts';
import { detectTable } from '../../import/source/comments.ts';
import { type Dialect, type TextFile, UNNAMED_NOTE } from '../../import/source/dialect.ts';
import { isValue } from '../../import/source/value.ts';
import { isOfHeaderWords } from './header-words.ts';

interface Table {
  readonly file: TextFile;
  readonly dialect: Dialect;
}

type Options = Pick<ImportOptions, 'delimiter' | 'skip' | 'headerLine'>;

/** Where nothing proves it. */
const likeRowsNote = ({ firstLine }: TextFile): string =>
  `The first line is like those below it, so it was read as a row, and the columns were named column1, column2, ...; if it is a header, say so (in a terminal: --header-line ${firstLine}).`;

/** Errors: those of `detectTable`. */
export async function detectSampleTable(file: TextFile, options: Options): Promise<Table> {
  // What the user says of the header stands.
  if (options.headerLine !== undefined) return detectTable(file, options);
  try {
    const found = await detectTable(file, options);
    return { ...found, dialect: withoutFalseHeader(found) };
  } catch (cause) {
    if (!(cause instanceof HindcastError) || cause.code !== 'duplicate-column') throw cause;
    // `water<tab>water`: no two columns have one name.
    const bare = await detectTable(file, { ...options, headerLine: 0 });
    const [first = [], ...rows] = bare.dialect.sample;
    if (!isLikeRows(first, rows) && !isOfTwins(first, rows)) throw cause;
    const notes = bare.dialect.notes.map((note) => (note === UNNAMED_NOTE ? likeRowsNote(bare.file) : note));
    return { ...bare, dialect: { ...bare.dialect, notes } };
  }
}

/** Where cells of the first line are equal, so are those of many lines below it: pairs of the same, no names of columns. */
function isOfTwins(first: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const column = first.findIndex((cell, index) => first.indexOf(cell) < index);
  const before = first.indexOf(first[column]!);
  return rows.length > 0 && share(rows, (row) => row[column] === row[before]) >= FEW;
}

function withoutFalseHeader({ file, dialect }: Table): Dialect {
  const { names, sample, hasHeader, notes } = dialect;
  const isText = names.some((_, column) => isLabel(dialect, column)) || isPairOfTexts(dialect);
  if (!hasHeader || !(isText || isLikeRows(names, sample))) return dialect;
  return {
    ...dialect,
    hasHeader: false,
    names: names.map((_, index) => `column${index + 1}`),
    sample: [names, ...sample],
    notes: [isText ? UNNAMED_NOTE : likeRowsNote(file), ...notes],
  };
}

const MOST_LABELS = 100;

/** `ham<tab>Go until ...`: what stands above a column of few words is a header only if it is none of these words. */
function isLabel({ names, sample }: Dialect, column: number): boolean {
  const words = new Set(sample.map((row) => row[column]));
  return (
    words.size > 1 && words.size <= Math.min(MOST_LABELS, sample.length / 2) && words.has(names[column] ?? '')
  );
}

const SENTENCE = /[.!?…。]$/;

/** Letters of a column's name of several words, at the most. */
const LONGEST_NAME = 200;

/** What stands above texts is a text itself: it ends as a sentence does, is made of the words below it, or is too long for a name. */
function isPairOfTexts({ names, sample }: Dialect): boolean {
  return names.some((name, column) => {
    const words = wordsOf(name);
    if (name.length > LONGEST_NAME && words.length > 1) return true;
    if (SENTENCE.test(name.trim()) && sample.some((row) => SENTENCE.test((row[column] ?? '').trim())))
      return true;
    const below = new Set(sample.flatMap((row) => wordsOf(row[column] ?? '')));
    return words.length > 1 && words.every((word) => below.has(word));
  });
}

const wordsOf = (text: string): string[] => text.trim().split(/\s+/);

/** Rows that are looked at. */
const LOOKED_AT = 200;
const FEW = 0.2;
const MOST = 0.8;

/** Whether nothing tells the first line from those below it: no word of a header, no column in which it is of another kind. */
export function isLikeRows(first: readonly string[], sample: readonly (readonly string[])[]): boolean {
  const rows = sample.slice(0, LOOKED_AT);
  if (rows.length === 0 || first.some(isMissing)) return false;
  if (isOfHeaderWords(first) && share(rows, isOfHeaderWords) < FEW) return false;
  const columns = first.map((name, column) => ({
    name: name.trim(),
    cells: rows.map((row) => (row[column] ?? '').trim()).filter((cell) => !isMissing(cell)),
  }));
  const known = columns.filter(({ cells }) => cells.length > 0);
  return known.length > 0 && !known.some(isOfOtherKind);
}

interface Column {
  /** What stands above the cells. */
  readonly name: string;
  readonly cells: readonly string[];
}

/** Cells that come again: a word above them is their name, or it would be one of them. */
const isOfFewWords = ({ name, cells }: Column): boolean => {
  const words = new Set(cells);
  return cells.length > 2 && words.size <= cells.length / 2 && !words.has(name);
};

/** What a cell can be, so that one that is alone in it is set apart. */
const TRAITS: readonly ((cell: string) => boolean)[] = [
  // A number or a time.
  isValue,
  // A list of items in brackets.
  (cell) => /^[[({]/.test(cell),
  // Of one word.
  (cell) => wordsOf(cell).length === 1,
  // Of another script than Latin.
  (cell) => /(?!\p{Script=Latin})\p{L}/u.test(cell),
  (cell) => /^\P{L}*\p{Lu}/u.test(cell),
  // `word_nl`, `wordNl`, `text 1`: names of programs and spreadsheets.
  (cell) => /_|\p{Ll}\p{Lu}|\d$/u.test(cell),
  (cell) => /[?:]$/.test(cell),
];

function isOfOtherKind(column: Column): boolean {
  const { name, cells } = column;
  if (isOfFewWords(column)) return true;
  return TRAITS.some((has) => {
    const below = share(cells, has);
    return has(name) ? below < FEW : below > MOST;
  });
}

const share = <Item>(items: readonly Item[], is: (item: Item) => boolean): number =>
  items.filter(is).length / items.length;
