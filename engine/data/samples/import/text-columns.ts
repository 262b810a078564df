// What the texts of a column are: numbers, words that repeat, lists of tokens, or texts.
import { isMissing } from '../../import/columns/number-style.ts';
import { areTokens, tokensOf } from '../token-lists.ts';
import { type LabelsOf, labelSetsIn } from './label-sets.ts';

export interface TextColumn {
  readonly name: string;
  readonly kind: 'numeric' | 'category' | 'tokens' | 'text';
  /** Cells that hold something, and different ones among them. */
  readonly known: number;
  readonly distinct: number;
  /** All of these are whole numbers. */
  readonly isWhole: boolean;
  /** There are 0 and 1, and nothing else. */
  readonly isOfBits: boolean;
  /** Mean length of these, in characters. */
  readonly meanLength: number;
  /** Of lists of tokens: some hold an item twice. */
  readonly repeatsItems: boolean;
  /** Where its cells hold several labels each; null where they do not. */
  readonly labelsOf: LabelsOf | null;
}

const NUMBER = /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const BIT = /^[01](\.0*)?$/;
const WHOLE = /^[+-]?\d+(\.0*)?(e\+?0+)?$/i;
/** More different words than these are no classes. */
const MOST_CATEGORIES = 1_000;
const LONGEST_CATEGORY = 100;
/** Cells that each of the longer words has on average where they are classes. */
const CELLS_OF_LONG = 5;

const LISTS_LOOKED_AT = 1_000;

function repeatsItem(cell: string): boolean {
  const items = tokensOf(cell);
  return new Set(items).size < items.length;
}

export const isNumber = (text: string): boolean => NUMBER.test(text.trim());

export function describeColumn(name: string, cells: readonly string[]): TextColumn {
  const words = new Set<string>();
  let known = 0;
  let numbers = 0;
  let whole = 0;
  let length = 0;
  let longest = 0;
  for (const cell of cells) {
    const text = cell.trim();
    if (isMissing(text)) continue;
    known += 1;
    length += text.length;
    longest = Math.max(longest, text.length);
    if (isNumber(text)) numbers += 1;
    if (WHOLE.test(text)) whole += 1;
    words.add(text);
  }
  const cellsEach = longest <= LONGEST_CATEGORY ? 2 : CELLS_OF_LONG;
  const isCategory = words.size <= Math.min(MOST_CATEGORIES, known / cellsEach);
  const kind: TextColumn['kind'] =
    known > 0 && numbers === known
      ? 'numeric'
      : areTokens(cells)
        ? 'tokens'
        : isCategory
          ? 'category'
          : 'text';
  return {
    name,
    kind,
    known,
    distinct: words.size,
    isWhole: known > 0 && whole === known,
    isOfBits: known === cells.length && words.size === 2 && [...words].every((word) => BIT.test(word)),
    meanLength: known === 0 ? 0 : length / known,
    repeatsItems: kind === 'tokens' && cells.slice(0, LISTS_LOOKED_AT).some(repeatsItem),
    labelsOf: kind === 'numeric' ? null : labelSetsIn(name, cells),
  };
}
