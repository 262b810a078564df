// Pieces of words (Sennrich et al. 2016): characters, joined pair by pair, the most frequent pair of the training words first. Of equally
// frequent pairs the one that is first in order of code, so that the same texts give the same pieces everywhere. The last piece of a word
// carries a sign for its end.

/** Joined pairs, in the order that they are joined in. */
export type Merges = readonly (readonly [string, string])[];

const END = '\u0000';
/** Words that are read: the most frequent. */
const MOST_WORDS = 30_000;

interface Word {
  pieces: string[];
  readonly count: number;
}

/** @param most characters and pieces together, at most about this many */
export function learnMerges(counts: ReadonlyMap<string, number>, most: number): Merges {
  const words: Word[] = [...counts]
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_WORDS)
    .map(([word, count]) => ({ pieces: lettersOf(word), count }));
  const letters = new Set(words.flatMap(({ pieces }) => pieces));
  const pairs = countPairs(words);
  const merges: [string, string][] = [];
  while (letters.size + merges.length < most) {
    const best = mostFrequent(pairs);
    if (best === null || best.count < 2) break;
    merges.push(best.pair);
    for (const word of best.words) {
      addPairs(pairs, word, -1);
      word.pieces = joined(word.pieces, best.pair);
      addPairs(pairs, word, 1);
    }
  }
  return merges;
}

const lettersOf = (word: string): string[] => {
  const letters = [...word];
  return letters.map((letter, index) => (index === letters.length - 1 ? letter + END : letter));
};

/** The pieces of one word; unknown letters stay letters. */
export function splitWord(word: string, merges: Merges): readonly string[] {
  const ranks = ranksOf(merges);
  let pieces = lettersOf(word);
  for (;;) {
    let best = Number.POSITIVE_INFINITY;
    for (let at = 0; at + 1 < pieces.length; at++)
      best = Math.min(best, ranks.get(keyOf(pieces[at]!, pieces[at + 1]!)) ?? best);
    if (best === Number.POSITIVE_INFINITY) return pieces;
    pieces = joined(pieces, merges[best]!);
  }
}

const keyOf = (a: string, b: string): string => `${a}\n${b}`;

const ranked = new WeakMap<Merges, ReadonlyMap<string, number>>();
function ranksOf(merges: Merges): ReadonlyMap<string, number> {
  const known = ranked.get(merges);
  if (known) return known;
  const ranks = new Map(merges.map(([a, b], rank) => [keyOf(a, b), rank]));
  ranked.set(merges, ranks);
  return ranks;
}

interface Pair {
  readonly pair: [string, string];
  count: number;
  readonly words: Set<Word>;
}

function countPairs(words: readonly Word[]): Map<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const word of words) addPairs(pairs, word, 1);
  return pairs;
}

function addPairs(pairs: Map<string, Pair>, word: Word, sign: 1 | -1): void {
  for (let at = 0; at + 1 < word.pieces.length; at++) {
    const pair: [string, string] = [word.pieces[at]!, word.pieces[at + 1]!];
    const key = keyOf(...pair);
    const found = pairs.get(key) ?? { pair, count: 0, words: new Set<Word>() };
    found.count += sign * word.count;
    if (sign === 1) found.words.add(word);
    else found.words.delete(word);
    if (found.count > 0) pairs.set(key, found);
    else pairs.delete(key);
  }
}

function mostFrequent(pairs: ReadonlyMap<string, Pair>): (Pair & { readonly key: string }) | null {
  let best: (Pair & { readonly key: string }) | null = null;
  for (const [key, pair] of pairs) {
    if (best === null || pair.count > best.count || (pair.count === best.count && key < best.key))
      best = { ...pair, key };
  }
  // The words are changed while they are gone through.
  return best && { ...best, words: new Set(best.words) };
}

function joined(pieces: readonly string[], [a, b]: readonly [string, string]): string[] {
  const result: string[] = [];
  for (let at = 0; at < pieces.length; at++) {
    if (pieces[at] === a && pieces[at + 1] === b) {
      result.push(a + b);
      at++;
    } else result.push(pieces[at]!);
  }
  return result;
}
