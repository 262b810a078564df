// Texts as tokens: characters, words, or pieces of words. Texts are brought to Unicode's composed form first.
import type { Tokens } from '../../contract/experiment/tokens.ts';
import { learnMerges, type Merges, splitWord } from './byte-pairs.ts';

/** Cuts a text into tokens, one at a time, so that a long text costs no more than what is read of it. */
export type Tokenizer = (text: string) => Iterable<string>;

/** What a tokenizer learned of the training texts: plain JSON. */
export interface TokenizerState {
  readonly by: Tokens['by'];
  readonly lowerCase: boolean;
  readonly merges?: Merges | undefined;
  readonly longestRun?: number | undefined;
}

const CONTEXT = 100_000;
let words: Intl.Segmenter | undefined;

/** Words, numbers and signs; no spaces. */
export function* wordsOf(text: string): Generator<string, void, void> {
  words ??= new Intl.Segmenter('en', { granularity: 'word' });
  // A segmenter is slow on very long texts: it is given them in pieces that end at a space.
  for (let at = 0; at < text.length; ) {
    const end = at + CONTEXT >= text.length ? text.length : cutAt(text, at + CONTEXT);
    for (const { segment } of words.segment(text.slice(at, end))) if (segment.trim() !== '') yield segment;
    at = end;
  }
}

function cutAt(text: string, at: number): number {
  const space = text.lastIndexOf(' ', at);
  return space > at - CONTEXT / 2 ? space : at;
}

/** Signs of the ends of a text, in runs. */
const [START, END] = ['\u2402', '\u2403'] as const;

const KINDS: Readonly<Record<Tokens['by'], (state: TokenizerState) => Tokenizer>> = {
  characters: () => (text) => text,
  words: () => wordsOf,
  pieces: ({ merges }) => {
    const known = new Map<string, readonly string[]>();
    return function* (text) {
      for (const word of wordsOf(text)) {
        let pieces = known.get(word);
        if (!pieces) {
          pieces = splitWord(word, merges ?? []);
          known.set(word, pieces);
        }
        yield* pieces;
      }
    };
  },
  runs: ({ longestRun = 1 }) =>
    function* (text) {
      const letters = [START, ...text, END];
      for (let from = 0; from < letters.length; from++) {
        let run = '';
        for (const letter of letters.slice(from, from + longestRun)) {
          run += letter;
          yield run;
        }
      }
    },
};

export function createTokenizer(state: TokenizerState): Tokenizer {
  const cut = KINDS[state.by](state);
  return (text) => {
    const composed = text.normalize('NFC');
    return cut(state.lowerCase ? composed.toLowerCase() : composed);
  };
}

/** @param texts of the training part alone */
export function fitTokenizer(
  { by, lowerCase, most, longestRun }: Omit<Tokens, 'longestRun'> & Partial<Pick<Tokens, 'longestRun'>>,
  texts: readonly string[],
): TokenizerState {
  if (by === 'runs') return { by, lowerCase, longestRun };
  if (by !== 'pieces') return { by, lowerCase };
  const counts = new Map<string, number>();
  for (const text of texts) {
    const composed = text.normalize('NFC');
    for (const word of wordsOf(lowerCase ? composed.toLowerCase() : composed))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return { by, lowerCase, merges: learnMerges(counts, most) };
}
