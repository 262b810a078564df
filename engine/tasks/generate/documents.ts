// Texts of a part as runs of tokens. A text is the end sign, its tokens, and the end sign again: so the first token has something before it,
// and a model learns where texts end.
import type { TextCoder } from '../../data/samples/text-tokens.ts';

/** Tokens of a text from `from` to below `to`, which are said; those before are known. */
export interface Stretch {
  /** Row of the text in its dataset. */
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

export interface Documents {
  /** Of a row: the end sign, the tokens, the end sign. */
  tokensOf(row: number): Int32Array;
}

export function createDocuments(texts: readonly string[], coder: TextCoder): Documents {
  const kept: Int32Array[] = [];
  return {
    tokensOf(row) {
      kept[row] ??= framed(coder.encode(texts[row]!), coder.end);
      return kept[row];
    },
  };
}

export function framed(tokens: Int32Array, end: number): Int32Array {
  const all = new Int32Array(tokens.length + 2).fill(end);
  all.set(tokens, 1);
  return all;
}

export const tokensIn = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, to }) => sum + to - from, 0);
