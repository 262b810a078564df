// Pairs of texts: which column is read, and which one is to be written for it. By what the user named, by usual names, or as the only two
// columns of texts; who contributed a pair is no side of it.
import { HindcastError } from '../../../contract/values/errors.ts';
import { looksLikeTime } from '../../import/time/time-candidates.ts';
import { cutSteps } from '../step-tokens.ts';
import { spacedTokens, tokensOf } from '../token-lists.ts';
import { alignmentOf } from './describe-pairs.ts';
import { type Found, indexOf, isCalledLabel, type Roles } from './find-roles.ts';

const USUAL_TARGET =
  /^(target|tgt|translation|translated|output|answer|reply|response|iso|phonemes?|pronunciation|tags|labels|states)$/i;
const USUAL_SOURCE = /^(source|src|input|original|text|word|question|tokens|sequence)$/i;
const ATTRIBUTION = /^CC-BY|attribution/i;

/** Null where no two columns are a pair. @throws HindcastError `unknown-column` for a named column that is not there. */
export function findPair(found: Found): Roles | null {
  const { columns, cellsOf, given } = found;
  const isText = (index: number) =>
    (columns[index]!.kind === 'text' && !isAttribution(cellsOf(index))) || columns[index]!.kind === 'tokens';
  const texts = [...columns.keys()].filter(isText);
  const named = (usual: RegExp) => columns.findIndex(({ name }) => usual.test(name.trim()));
  const target = indexOf(found, 'targetColumn') ?? (given.targetColumn === undefined ? guess() : null);
  if (target === null) return null;
  const input =
    indexOf(found, 'inputColumn') ??
    [named(USUAL_SOURCE), ...texts].find((index) => index >= 0 && index !== target) ??
    // Few different texts look like classes.
    (given.targetColumn === undefined ? null : otherThan(target));
  if (input === null) return null;
  if (input === target) {
    // What is only guessed to be written gives way to what is named to be read.
    if (given.targetColumn === undefined) return null;
    throw sameColumn(found, columns[target]!.name);
  }
  const isGuessed = given.targetColumn === undefined && given.inputColumn === undefined;
  return isGuessed && labels(input, target) ? rolesOf(target, input) : rolesOf(input, target);

  function rolesOf(read: number, written: number): Roles {
    const isFree = (index: number | null) => index !== read && index !== written;
    const groups = indexOf(found, 'groupColumn');
    const parts = indexOf(found, 'partColumn');
    return {
      input: read,
      target: written,
      label: null,
      group: isFree(groups) ? groups : null,
      part: isFree(parts) ? parts : null,
      name: null,
    };
  }

  /** Of two columns that go step by step, the one with fewer different words is that of the labels, whatever they are called. */
  function labels(one: number, other: number): boolean {
    const [tags, words] = [one, other].map((index) => stepsOf(found, index).slice(0, LOOKED_AT)) as [
      string[],
      string[],
    ];
    if (alignmentOf(words, tags) === null) return false;
    return alignmentOf(tags, words) === null || differentWords(tags) < differentWords(words);
  }

  function otherThan(target: number): number | null {
    const index = columns.findIndex(
      ({ kind }, at) => at !== target && kind === 'category' && !isAttribution(cellsOf(at)),
    );
    return index < 0 ? null : index;
  }

  function guess(): number | null {
    const usual = named(USUAL_TARGET);
    if (usual >= 0 && texts.some((index) => index !== usual)) return usual;
    // A column of times beside one of words is a table over time without numbers, not a pair.
    const isOverTime = texts.filter((index) => isOfTimes(cellsOf(index))).length === 1;
    if (isOverTime) return null;
    if (texts.length === 2) return texts[1]!;
    // Nothing is written beside the only texts.
    const empty = columns.findIndex(({ known }) => known === 0);
    return columns.length === 2 && texts.length === 1 && empty >= 0 ? empty : null;
  }
}

function sameColumn({ fileName }: Found, name: string): HindcastError {
  const message = `${fileName}: "${name}" can't be both what is read and what is to be written; name two columns (in a terminal: --input-column, --target-column).`;
  return new HindcastError('invalid-input', message, { details: { field: 'targetColumn', column: name } });
}

/** Of lists of tokens their items between spaces. */
const stepsOf = ({ columns, cellsOf }: Found, column: number): readonly string[] =>
  columns[column]!.kind === 'tokens'
    ? cellsOf(column).map((cell) => spacedTokens(tokensOf(cell)))
    : cellsOf(column);

/** Rows that tell which of two columns is that of the labels. */
const LOOKED_AT = 1_000;

const differentWords = (texts: readonly string[]): number =>
  new Set(texts.flatMap((text) => cutSteps('words', text))).size;

const isOfTimes = (cells: readonly string[]): boolean => {
  const some = cells.slice(0, 20).filter((cell) => cell.trim() !== '');
  return some.length > 0 && some.every(looksLikeTime);
};

/** Labels that have one for each word or letter of their text are texts to be written; without labels, two columns of texts are a pair. */
export function withPair(roles: Roles | null, found: Found): Roles | null {
  if (found.hasDecodedInput) return withCaption(roles, found);
  if (roles === null) return findPair(found);
  const { input, label } = roles;
  if (input === null || label === null || found.given.labelColumn !== undefined) return roles;
  // The licence of all sentences, which is the same in each row, is no class.
  if (found.columns[label]!.distinct === 1 && !isCalledLabel(found.columns[label]!.name)) {
    const pair = findPair(found);
    if (pair !== null) return pair;
  }
  const isForEach = alignmentOf(stepsOf(found, input), stepsOf(found, label)) !== null;
  return isForEach ? { ...roles, label: null, target: label } : roles;
}

const CAPTION = /^captions?$/i;
const USUAL_CAPTION = /^(captions?|description|text|title|sentence|words?|name)$/i;

/** Pictures without labels, beside a column of texts: these are to be written. */
function withCaption(roles: Roles | null, found: Found): Roles | null {
  const { columns, given } = found;
  const named = columns.findIndex(({ name }) => name === given.nameColumn);
  const isFree = (index: number) =>
    index !== named && columns[index]!.kind !== 'numeric' && columns[index]!.known > 0;
  const isLabel = roles !== null && roles.label !== null && !CAPTION.test(columns[roles.label]!.name.trim());
  if (isLabel && given.targetColumn === undefined) return roles;
  const usual = [...columns.keys()].filter((index) => USUAL_CAPTION.test(columns[index]!.name.trim()));
  const texts = [...columns.keys()].filter((index) => isFree(index) && columns[index]!.kind === 'text');
  const target =
    indexOf(found, 'targetColumn') ??
    usual.find(isFree) ??
    texts[0] ??
    // Then no row has a caption, which the import says.
    (found.isLabelNeeded ? usual.find((index) => columns[index]!.known === 0) : null) ??
    null;
  if (target === null) return roles;
  const other = (field: 'groupColumn' | 'partColumn') => {
    const index = indexOf(found, field);
    return index === target ? null : index;
  };
  return {
    input: null,
    target,
    label: null,
    group: other('groupColumn') ?? roles?.group ?? null,
    part: other('partColumn') ?? roles?.part ?? null,
    name: named < 0 ? null : named,
  };
}

/** `CC-BY 2.0 (France) Attribution: tatoeba.org #1234`, in all rows that are looked at. */
function isAttribution(cells: readonly string[]): boolean {
  const some = cells.slice(0, 20).filter((cell) => cell.trim() !== '');
  return some.length > 0 && some.every((cell) => ATTRIBUTION.test(cell));
}
