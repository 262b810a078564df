// Which column is the input, which the label, which names groups and parts: by what the user named, by usual names, then by what the
// columns hold.
import { isReadAsTokens } from '../../../contract/datasets/samples.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { didYouMean, nameList } from '../../pipeline/did-you-mean.ts';
import { partOf } from './part-names.ts';
import type { ColumnChoice } from './raw-samples.ts';
import type { TextColumn } from './text-columns.ts';

export interface Roles {
  /** Index of the column; null: the numbers of the other columns are the input. */
  readonly input: number | null;
  /** Of pairs: the texts that are to be written; absent where there are none. */
  readonly target?: number | null;
  /** Null only where samples need none. */
  readonly label: number | null;
  /** The number that is to be estimated; absent where there is none. */
  readonly value?: number | null;
  readonly group: number | null;
  readonly part: number | null;
  readonly name: number | null;
}

const USUAL = {
  label:
    /^(label|labels|class|classes|category|categories|target|sentiment|y|tags?|genres?|topics?|emotions?|lang|language|gender|sex|species|intent|spam|diagnosis)$/i,
  value: /^(value|price|score|rating|stars|age|quality|points|y)$/i,
  input:
    /^(text|message|review|sentence|comment|content|body|sms|tweet|document|utterance|name|word|sequence|seq|title|description|e?mail|question)$/i,
  group: /^(group|speaker|author|user|user_?id|patient|subject|session|donor|mote)$/i,
  part: /^(split|part|set|subset|partition)$/i,
  name: /^(id|name|file|path|filename|file_?name)$/i,
  /** Of columns of lists. */
  tokens:
    /^(tokens?|items?|words|ids|input_?ids|token_?ids|events?|actions?|activities|steps|states|pages|clicks|products|basket|symbols|codes|notes)$/i,
} as const;

export const isCalledLabel = (name: string): boolean => USUAL.label.test(name.trim());

/** More classes than these are seldom meant, unless the column is named. */
const MOST_CLASSES = 200;

export interface Found {
  readonly fileName: string;
  readonly columns: readonly TextColumn[];
  readonly cellsOf: (column: number) => readonly string[];
  readonly given: ColumnChoice;
  /** A decoded input stands for a column of texts. */
  readonly hasDecodedInput: boolean;
  readonly isLabelNeeded: boolean;
}

/** Null where no column can be the label or the input. @throws HindcastError `unknown-column` for a named column that is not there. */
export function findRoles(found: Found): Roles | null {
  const { columns, given, hasDecodedInput, isLabelNeeded } = found;
  const named = (field: Parameters<typeof indexOf>[1]) => indexOf(found, field);
  const givenInput = hasDecodedInput ? null : named('inputColumn');
  const givenValue = isLabelNeeded ? named('valueColumn') : columnOf(columns, given.valueColumn);
  const label = labelIn(found, givenInput, givenValue);
  const value = givenValue ?? (label === null && isLabelNeeded ? guessValue(found) : null);
  if (label === null && value === null && isLabelNeeded) return null;
  const part =
    named('partColumn') ?? guess(columns, USUAL.part, (index) => index !== label && isOfParts(found, index));
  const taken = [label, value, part];
  const isOfNumbers = hasDecodedInput || given.numberColumns !== undefined;
  const input = isOfNumbers ? null : (givenInput ?? guessInput(columns, taken));
  const hasNumbers = columns.some(({ kind }, index) => kind === 'numeric' && !taken.includes(index));
  if (input === null && !hasDecodedInput && !hasNumbers) return null;
  const isFree = (index: number) => ![...taken, input].includes(index);
  const group =
    named('groupColumn') ??
    (given.groupColumn === undefined
      ? guess(columns, USUAL.group, (index) => isFree(index) && repeats(columns[index]!))
      : null);
  const name =
    named('nameColumn') ??
    guess(columns, USUAL.name, (index) => isFree(index) && index !== group && isUnique(columns[index]!));
  return { input, label, value, group, part, name };
}

/** Where a number is to be estimated, only a label that was named. */
function labelIn(found: Found, input: number | null, value: number | null): number | null {
  const { columns, given, isLabelNeeded } = found;
  if (!isLabelNeeded) return columnOf(columns, given.labelColumn);
  const named = indexOf(found, 'labelColumn');
  if (named !== null || value !== null) return named;
  return guessLabel(columns, [input, columnOf(columns, given.nameColumn)]);
}

/** Of a column that the user named; null where none was. @throws HindcastError `unknown-column` */
export function indexOf(found: Found, field: Exclude<keyof ColumnChoice, 'numberColumns'>): number | null {
  const wanted = found.given[field];
  return wanted === undefined || wanted === null ? null : placeOf(found, wanted, field);
}

/** @throws HindcastError `unknown-column` */
export function placeOf({ columns, fileName }: Found, wanted: string, field: keyof ColumnChoice): number {
  const index = columns.findIndex(({ name }) => name === wanted);
  if (index >= 0) return index;
  const names = shownNames(columns.map(({ name }) => name));
  const message = `${fileName} has no column "${wanted}"${didYouMean(wanted, names)}; ${columnsText(names)}.`;
  throw new HindcastError('unknown-column', message, { details: { column: wanted, field, columns: names } });
}

/** Of a file that is no table the only column is its first line, which no error repeats. */
export const shownNames = (names: readonly string[]): string[] => (names.length < 2 ? [] : [...names]);

/** @param names that are shown */
export const columnsText = (names: readonly string[]): string =>
  names.length === 0 ? 'it is one column alone' : `its columns are ${nameList([...names])}`;

const columnOf = (columns: readonly TextColumn[], wanted: string | undefined): number | null => {
  const index = columns.findIndex(({ name }) => name === wanted);
  return index < 0 ? null : index;
};

function guess(
  columns: readonly TextColumn[],
  usual: RegExp,
  suits: (index: number) => boolean,
): number | null {
  const index = columns.findIndex(({ name }, column) => usual.test(name.trim()) && suits(column));
  return index < 0 ? null : index;
}

const repeats = ({ distinct, known }: TextColumn): boolean => distinct > 1 && distinct < known;
const isUnique = ({ distinct, known }: TextColumn): boolean => known > 0 && distinct === known;
const isLabel = ({ kind, distinct, known }: TextColumn): boolean =>
  known > 0 &&
  (kind !== 'text'
    ? distinct <= Math.min(MOST_CLASSES, Math.max(2, known / 2))
    : known <= 20 && distinct < known);

function guessLabel(columns: readonly TextColumn[], taken: readonly (number | null)[]): number | null {
  const usual = guess(
    columns,
    USUAL.label,
    (index) => !taken.includes(index) && (isLabel(columns[index]!) || columns[index]!.labelsOf !== null),
  );
  if (usual !== null) return usual;
  const words = [...columns.keys()].filter((index) => {
    const column = columns[index]!;
    return (
      !taken.includes(index) &&
      column.kind === 'category' &&
      isLabel(column) &&
      !USUAL.group.test(column.name.trim())
    );
  });
  // Of several columns of words the one of the fewest: a column of many is rather an author, a place or a day.
  const last = words.reduce(
    (best, index) => (best < 0 || columns[index]!.distinct <= columns[best]!.distinct ? index : best),
    -1,
  );
  if (last >= 0) return last;
  const several = [...columns.keys()].find(
    (index) => !taken.includes(index) && columns[index]!.labelsOf !== null && !isReadInOrder(columns[index]!),
  );
  return several ?? wholeAmongFractions(columns, taken);
}

/** A list that repeats an item, or is called as lists of tokens are, is no set of labels. */
const isReadInOrder = ({ name, kind, repeatsItems }: TextColumn): boolean =>
  kind === 'tokens' && (repeatsItems || USUAL.tokens.test(name.trim()));

/** A column of numbers with a usual name, beside something to read. */
function guessValue({ columns, hasDecodedInput }: Found): number | null {
  const isRead = hasDecodedInput || columns.some(isReadAsTokens);
  const suits = (index: number) => columns[index]!.kind === 'numeric' && columns[index]!.distinct > 2;
  return isRead ? guess(columns, USUAL.value, suits) : null;
}

/** `1,0.52,0.61,...`: the only column of whole numbers that repeat, at either end of a row of fractions. */
function wholeAmongFractions(
  columns: readonly TextColumn[],
  taken: readonly (number | null)[],
): number | null {
  const whole = [...columns.keys()].filter((index) => !taken.includes(index) && columns[index]!.isWhole);
  const [only, ...others] = whole;
  const isAtEnd = only === 0 || only === columns.length - 1;
  return only !== undefined && others.length === 0 && isAtEnd && columns.length > 2 && isLabel(columns[only]!)
    ? only
    : null;
}

/** Characters from which on texts are rather read than names. */
const SENTENCE = 20;

function guessInput(columns: readonly TextColumn[], taken: readonly (number | null)[]): number | null {
  const isList = (index: number) => columns[index]!.kind === 'tokens';
  const isFree = (index: number) =>
    !taken.includes(index) &&
    columns[index]!.kind !== 'numeric' &&
    (isList(index) || columns[index]!.labelsOf === null);
  const usual = guess(columns, USUAL.input, isFree);
  const texts = [...columns.keys()].filter((index) => isFree(index) && columns[index]!.kind === 'text');
  const longest = texts.toSorted((a, b) => columns[b]!.meanLength - columns[a]!.meanLength)[0];
  const list =
    guess(columns, USUAL.tokens, (index) => isFree(index) && isList(index)) ??
    [...columns.keys()].find((index) => isFree(index) && isList(index)) ??
    null;
  // Beside a list, short texts are names of its sample.
  if (list !== null && (usual === null || isList(usual))) {
    const isRead = longest !== undefined && columns[longest]!.meanLength >= SENTENCE;
    if (!isRead || columns[list]!.repeatsItems || USUAL.tokens.test(columns[list]!.name.trim()))
      return usual ?? list;
  }
  // A column `name` beside long texts names them.
  if (
    usual !== null &&
    (longest === undefined || columns[usual]!.meanLength * 4 >= columns[longest]!.meanLength)
  )
    return usual;
  return longest ?? usual;
}

function isOfParts({ cellsOf }: Found, column: number): boolean {
  const words = new Set(cellsOf(column).map((cell) => cell.trim()));
  return words.size > 1 && [...words].every((word) => partOf(word) !== '');
}
