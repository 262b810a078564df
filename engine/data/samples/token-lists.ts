// Lists of tokens: words or whole numbers, each of which is a token as it is. As JSON and Python write them: `["a", "b"]`, `['a', 'b']`, `[3, 7]`.
import { HindcastError } from '../../contract/values/errors.ts';

const MOST_ITEMS = 100_000;
const QUOTED = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g;

/** What a cell holds as a list; null for what is none. */
export function listIn(cell: string): readonly unknown[] | null {
  const text = cell.trim();
  if (!text.startsWith('[') || !text.endsWith(']')) return null;
  const list = parsed(text);
  if (Array.isArray(list)) return list;
  const isOfQuoted = text.slice(1, -1).replace(QUOTED, '').replaceAll(',', '').trim() === '';
  if (!isOfQuoted) return null;
  return [...text.matchAll(QUOTED)].map(([, single, double]) =>
    (single ?? double ?? '').replace(/\\(.)/g, '$1'),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a cell is no list of tokens; null where it is one. */
export function faultOf(cell: string): string | null {
  const list = listIn(cell);
  if (list === null)
    return cell.trim() === '' ? 'it has no list' : 'it holds no list of words or whole numbers';
  if (list.length === 0) return 'its list is empty';
  if (list.length > MOST_ITEMS) return `its list has more than ${MOST_ITEMS.toLocaleString('en-US')} items`;
  for (const item of list) {
    const fault = faultOfItem(item);
    if (fault !== null) return fault;
  }
  return new Set(list.map((item) => typeof item)).size > 1 ? 'its list mixes words and numbers' : null;
}

function faultOfItem(item: unknown): string | null {
  if (typeof item === 'string') return item.trim() === '' ? 'its list holds an empty word' : null;
  if (typeof item === 'number') {
    if (!Number.isInteger(item)) return 'its list holds a number that is not whole';
    return Number.isSafeInteger(item)
      ? null
      : 'its list holds a number of more than 15 digits, which JSON does not keep exactly; write it in quotes';
  }
  if (Array.isArray(item)) return 'its list holds another list';
  return `its list holds ${item === null || typeof item === 'boolean' ? String(item) : 'an object'}`;
}

/** The items of a cell without fault. */
export const tokensOf = (cell: string): readonly string[] =>
  (listIn(cell) ?? []).map((item) => String(item).normalize('NFC'));

/** What is typed: a list, or items between commas or lines; without these, between spaces. @throws HindcastError `invalid-input` */
export function typedTokens(text: string): readonly string[] {
  if (text.trim().startsWith('[')) {
    const fault = faultOf(text);
    if (fault === null) return tokensOf(text);
    throw new HindcastError(
      'invalid-input',
      `The items cannot be read: ${fault}; write ["a", "b"], or a, b.`,
    );
  }
  const separator = /[,\n]/.test(text) ? /[,\n]/ : /\s+/;
  const items = text.split(separator).map((item) => item.trim().normalize('NFC'));
  return items.filter((item) => item !== '');
}

/** Items in a line, to be read: between commas, or as a list where one holds a comma itself. */
export function shownTokens(items: readonly string[]): string {
  const isPlain =
    items.every((item) => item === item.trim() && !/[,\n]/.test(item)) && !items[0]?.startsWith('[');
  return isPlain ? items.join(', ') : JSON.stringify(items);
}

/** As a text of words between spaces, for tasks that read and write texts: a space within an item is `_`. */
export const spacedTokens = (items: readonly string[]): string =>
  items.map((item) => item.trim().replace(/\s+/g, '_')).join(' ');

const LOOKED_AT = 1_000;

/**
 * Whether the cells of a column are lists of tokens, judged by the first ones. Also where all of them have a fault, which is said when the column
 * is read; lists of numbers with fractions are a series.
 */
export function areTokens(cells: readonly string[]): boolean {
  const some = cells.filter((cell) => cell.trim() !== '').slice(0, LOOKED_AT);
  const lists = some.map(listIn).filter((list) => list !== null);
  if (lists.length === 0 || 2 * lists.length < some.length) return false;
  const items = lists.flat();
  const hasFraction = items.some((item) => typeof item === 'number' && !Number.isInteger(item));
  return items.length > 0 && !(hasFraction && items.every((item) => typeof item === 'number'));
}
