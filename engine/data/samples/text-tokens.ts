// Texts as tokens that give the same text again when they are joined: characters, words with the space before them, or pieces of these.
import type { TextTokenChoice } from '../../contract/experiment/text-tokens.ts';
import { learnMerges, type Merges, splitWord } from './byte-pairs.ts';

/** What was learned of the training texts: plain JSON. */
export interface TextTokens {
  readonly by: TextTokenChoice['by'];
  readonly lowerCase: boolean;
  readonly merges?: Merges | undefined;
  /** By number less 1; 0 is the unknown token, and behind the last comes the end sign. */
  readonly tokens: readonly string[];
  /** Different characters of the training texts. */
  readonly letters: number;
}

export interface TextCoder {
  /** Numbers, with those of the end sign and of the unknown token. */
  readonly size: number;
  readonly end: number;
  encode(text: string): Int32Array;
  /** The tokens themselves, known or not. */
  cut(text: string): string[];
  /** Of a number; of the end sign a line break, of the unknown token a box. */
  textOf(token: number): string;
  /** Parts of a text that are unknown, in order, each once. */
  unknownOf(text: string): string[];
  /** Characters of a text as the tokens give it. */
  tidy(text: string): string;
}

export const UNKNOWN = 0;
export const UNKNOWN_SIGN = '\u25a1';
const END_OF_PIECE = '\u0000';

/** @param texts of the training part alone. Equally frequent tokens stand in order of code. */
export function fitTextTokens(
  { by, lowerCase, most, fewest }: TextTokenChoice,
  texts: readonly string[],
): TextTokens {
  const letters = new Set<string>();
  for (const text of texts) for (const letter of tidied(text, { by, lowerCase })) letters.add(letter);
  const merges =
    by === 'pieces' ? learnMerges(countOf(texts, { by, lowerCase }, spacedWords), most) : undefined;
  const counts = countOf(texts, { by, lowerCase }, cutterOf({ by, merges }));
  const known = [...counts].filter(([, count]) => count >= fewest);
  const ordered = known.toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const kept = ordered.slice(0, most).map(([token]) => token);
  const tokens = by === 'pieces' ? withLetters(kept, letters) : kept;
  return { by, lowerCase, merges, tokens, letters: letters.size };
}

/** Every letter also alone, within and at the end of a word, so that no new word is unknown. */
function withLetters(tokens: readonly string[], letters: ReadonlySet<string>): string[] {
  const ordered = [...letters].toSorted();
  return [...new Set([...tokens, ...ordered, ...ordered.map((letter) => letter + END_OF_PIECE)])];
}

export function createTextCoder({ by, lowerCase, merges, tokens }: TextTokens): TextCoder {
  const numbers = new Map(tokens.map((token, index) => [token, index + 1]));
  const cut = cutterOf({ by, merges });
  const end = tokens.length + 1;
  const shown = tokens.map((token) => token.replaceAll(END_OF_PIECE, ''));
  const cutText = (text: string) => [...cut(tidied(text, { by, lowerCase }))];
  return {
    size: tokens.length + 2,
    end,
    encode(text) {
      const found: number[] = [];
      for (const token of cut(tidied(text, { by, lowerCase }))) found.push(numbers.get(token) ?? UNKNOWN);
      return Int32Array.from(found);
    },
    cut: (text) => cutText(text).map((token) => token.replaceAll(END_OF_PIECE, '')),
    textOf(token) {
      if (token === end) return '\n';
      return token === UNKNOWN ? UNKNOWN_SIGN : shown[token - 1]!;
    },
    unknownOf: (text) => [
      ...new Set(
        cutText(text)
          .filter((token) => !numbers.has(token))
          .map((token) => token.replaceAll(END_OF_PIECE, '')),
      ),
    ],
    tidy: (text) => tidied(text, { by, lowerCase }),
  };
}

type Written = Pick<TextTokens, 'by' | 'lowerCase'>;

/** Line breaks as \n, letters in Unicode's composed form, without zeros, which end pieces; before each of several items one space. */
function tidied(text: string, { by, lowerCase }: Written): string {
  const composed = text.replace(/\r\n?/g, '\n').replaceAll(END_OF_PIECE, '').normalize('NFC');
  const written = lowerCase ? composed.toLowerCase() : composed;
  return by === 'items' ? [...spacedItems(written)].join('') : written;
}

type Cutter = (text: string) => Iterable<string>;

function cutterOf({ by, merges = [] }: Pick<TextTokens, 'by' | 'merges'>): Cutter {
  if (by === 'characters') return (text) => text;
  if (by === 'words') return spacedWords;
  if (by === 'items') return spacedItems;
  const known = new Map<string, readonly string[]>();
  return function* (text) {
    for (const word of spacedWords(text)) {
      let pieces = known.get(word);
      if (!pieces) {
        pieces = splitWord(word, merges);
        known.set(word, pieces);
      }
      yield* pieces;
    }
  };
}

/** Letters and digits with the space before them, runs of spaces, single signs: together the whole text. */
const WORD = / ?[\p{L}\p{M}\p{N}'’]+| ?[^\s\p{L}\p{M}\p{N}]|\s/gu;

/** Words and signs of a text, as it is cut into words. */
export const countWords = (text: string): number => text.match(WORD)?.length ?? 0;

/** What stands between spaces, with one space before it, also at the beginning: an item is the same wherever it stands. */
function* spacedItems(text: string): Generator<string, void, void> {
  for (const [item] of text.matchAll(/\S+/g)) yield ` ${item}`;
}

function* spacedWords(text: string): Generator<string, void, void> {
  for (const [word] of text.matchAll(WORD)) yield word;
}

function countOf(texts: readonly string[], written: Written, cut: Cutter): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const token of cut(tidied(text, written))) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}
