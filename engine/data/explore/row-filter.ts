// Which rows a table shows: `load > 100 and wind is missing`. Conditions are joined by "and"; names and words with blanks are quoted.
import { HindcastError } from '../../contract/values/errors.ts';

const COMPARISONS = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '=': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
} as const;
type Operator = keyof typeof COMPARISONS;

export type Condition =
  | { readonly column: string; readonly operator: Operator; readonly value: string }
  | { readonly column: string; readonly isMissing: boolean };

export interface FilteredColumn {
  readonly name: string;
  /** Names of the codes; null for numbers. */
  readonly categories: readonly string[] | null;
}

const SIGN = /^(<=|>=|!=|<|>|=)/;

function problem(text: string, what: string): HindcastError {
  const message = `The filter "${text}" ${what}; write it as: load > 100 and wind is missing.`;
  return new HindcastError('invalid-input', message, { details: { field: 'filter' } });
}

/** Quoted texts, signs and words. */
function tokensOf(text: string): { readonly text: string; readonly isQuoted: boolean }[] {
  const tokens: { text: string; isQuoted: boolean }[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const quote = /^"((?:[^"]|"")*)"/.exec(rest);
    const found = quote?.[0] ?? SIGN.exec(rest)?.[0] ?? /^[^\s<>=!"]+|^./u.exec(rest)![0];
    if (found === '"') throw problem(text, 'has a quote without an end');
    tokens.push({ text: quote ? quote[1]!.replaceAll('""', '"') : found, isQuoted: quote !== null });
    rest = rest.slice(found.length).trimStart();
  }
  return tokens;
}

/** @throws HindcastError `invalid-input` that says what is wrong with the text */
export function parseFilter(text: string, columns: readonly FilteredColumn[]): Condition[] {
  const conditions: Condition[] = [];
  let part: ReturnType<typeof tokensOf> = [];
  for (const token of [...tokensOf(text), { text: 'and', isQuoted: false }]) {
    if (token.isQuoted || token.text.toLowerCase() !== 'and') part.push(token);
    else {
      if (part.length > 0 || conditions.length > 0) conditions.push(conditionOf(text, part, columns));
      part = [];
    }
  }
  return conditions;
}

function conditionOf(
  whole: string,
  tokens: ReturnType<typeof tokensOf>,
  columns: readonly FilteredColumn[],
): Condition {
  const at = tokens.findIndex(
    (token) => !token.isQuoted && (token.text in COMPARISONS || token.text.toLowerCase() === 'is'),
  );
  const name = tokens
    .slice(0, Math.max(0, at))
    .map(({ text }) => text)
    .join(' ');
  const value = tokens
    .slice(at + 1)
    .map(({ text }) => text)
    .join(' ');
  if (at < 1 || value === '') throw problem(whole, 'has no comparison such as "load > 100"');
  const column = columns.find((one) => one.name === name);
  if (!column) {
    const known = columns
      .slice(0, 10)
      .map((one) => one.name)
      .join(', ');
    throw problem(whole, `names the column "${name}", which is none of ${known}`);
  }
  const sign = tokens[at]!.text;
  if (sign.toLowerCase() === 'is') {
    if (value !== 'missing' && value !== 'known')
      throw problem(whole, 'says "is" without "missing" or "known"');
    return { column: name, isMissing: value === 'missing' };
  }
  const operator = sign as Operator;
  if (column.categories === null && !Number.isFinite(Number(value)))
    throw problem(whole, `compares "${name}", a column of numbers, with "${value}"`);
  if (column.categories !== null && operator !== '=' && operator !== '!=')
    throw problem(whole, `compares "${name}", a column of words, by "${operator}"`);
  return { column: name, operator, value };
}

/** Whether a value meets the condition; a missing value meets none but "is missing". */
export function testOf(condition: Condition, { categories }: FilteredColumn): (value: number) => boolean {
  if ('isMissing' in condition) return (value) => Number.isNaN(value) === condition.isMissing;
  const compare = COMPARISONS[condition.operator];
  // No category has the code -1.
  const other = categories === null ? Number(condition.value) : categories.indexOf(condition.value);
  return (value) => !Number.isNaN(value) && compare(value, other);
}
