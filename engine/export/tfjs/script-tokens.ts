// How the programs that go along with exported models cut texts into tokens: plain JavaScript, no more of it than this model needs.
import type { TextTokens } from '../../data/samples/text-tokens.ts';

type Written = Pick<TextTokens, 'by' | 'lowerCase'>;

const WORDS = "(tidy.match(/ ?[\\p{L}\\p{M}\\p{N}'’]+| ?[^\\s\\p{L}\\p{M}\\p{N}]|\\s/gu) ?? [])";

/** Of a tidy text. */
const TOKENS: Readonly<Record<TextTokens['by'], string>> = {
  characters: '[...tidy]',
  words: WORDS,
  items: "(tidy.match(/\\S+/g) ?? []).map((item) => ' ' + item)",
  pieces: `${WORDS}.flatMap((word) => piecesOf(word, merges))`,
};

const PIECES_OF = `
function piecesOf(word, merges) { // pairs are joined in the order in which they were learned
  let parts = [...word];
  parts.push(parts.pop() + '\\u0000');
  const isNext = ([a, b]) => parts.some((part, at) => part === a && parts[at + 1] === b);
  for (let pair = merges.find(isNext); pair; pair = merges.find(isNext)) {
    const [a, b] = pair;
    const add = (all, part) => (all.at(-1) === a && part === b ? [...all.slice(0, -1), a + b] : [...all, part]);
    parts = parts.reduce(add, []);
  }
  return parts;
}
`;

/** `numbersOf(text, vocabulary)`: the numbers of its tokens. */
export const tokensScript = ({ by, lowerCase }: Written): string => `${by === 'pieces' ? PIECES_OF : ''}
function numbersOf(text, { tokens, end, unknown${by === 'pieces' ? ', merges' : ''} }) {
  const tidy = text.normalize('NFC')${lowerCase ? '.toLowerCase()' : ''};
  return ${TOKENS[by]}.map((token) => Math.max(unknown, tokens.slice(0, end).indexOf(token)));
}`;

/** What a token of a text stands for: pieces have a mark where a word ends. */
export const shownScript = (token: string, { by }: Pick<TextTokens, 'by'>): string =>
  by === 'pieces' ? `${token}.replace('\\u0000', '')` : token;
