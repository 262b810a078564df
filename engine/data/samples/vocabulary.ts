// The numbers of tokens: 0 is the unknown token, then the most frequent tokens of the training texts.
import type { Tokens } from '../../contract/experiment/tokens.ts';

export const UNKNOWN = 0;

export interface Vocabulary {
  /** By number less 1. */
  readonly tokens: readonly string[];
}

/** @param samples texts or lists, of the training part alone. Equally frequent tokens stand in order of code. */
export function fitVocabulary<Sample>(
  samples: readonly Sample[],
  tokenize: (sample: Sample) => Iterable<string>,
  { most, fewest, longest }: Pick<Tokens, 'most' | 'fewest'> & { readonly longest: number },
): Vocabulary {
  const counts = new Map<string, number>();
  for (const sample of samples) {
    let read = 0;
    for (const token of tokenize(sample)) {
      counts.set(token, (counts.get(token) ?? 0) + 1);
      if (++read === longest) break;
    }
  }
  const known = [...counts].filter(([, count]) => count >= fewest);
  const ordered = known.toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return { tokens: ordered.slice(0, most).map(([token]) => token) };
}

/** Texts or lists as numbers of tokens, at most `longest` of each; an empty one is one unknown token. */
export function createEncoder<Sample>(
  { tokens }: Vocabulary,
  tokenize: (sample: Sample) => Iterable<string>,
  longest: number,
): (sample: Sample) => Int32Array {
  const numbers = new Map(tokens.map((token, index) => [token, index + 1]));
  return (sample) => {
    const found: number[] = [];
    for (const token of tokenize(sample)) {
      found.push(numbers.get(token) ?? UNKNOWN);
      if (found.length === longest) break;
    }
    return Int32Array.from(found.length === 0 ? [UNKNOWN] : found);
  };
}
