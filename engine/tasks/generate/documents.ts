// Texts of the parts as runs of tokens. A text is the end sign, its tokens, and the end sign again: so the first token has something before
// it, and a model learns where texts end.
import type { Part } from '../../data/prepared.ts';
import type { TextCoder } from '../../data/samples/text-tokens.ts';

/** Characters of a text that are of a part. */
export interface Cut {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

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

export interface EncodedTexts {
  readonly documents: Documents;
  readonly stretches: Readonly<Record<Part, readonly Stretch[]>>;
}

/** Each text once, cut by cut. The end sign belongs to the part that the end of the text is in. */
export function encodeTexts(
  cuts: Readonly<Record<Part, readonly Cut[]>>,
  texts: readonly string[],
  coder: TextCoder,
): EncodedTexts {
  const stretches: Record<Part, Stretch[]> = { train: [], validation: [], test: [] };
  const documents = new Map<number, Int32Array>();
  for (const [row, ofRow] of [...Map.groupBy(partsOf(cuts), (cut) => cut.row)].toSorted(
    ([a], [b]) => a - b,
  )) {
    const text = texts[row]!;
    const encoded: number[] = [];
    for (const { part, from, to } of ofRow.toSorted((a, b) => a.from - b.from)) {
      const first = 1 + encoded.length;
      for (const token of coder.encode(text.slice(from, to))) encoded.push(token);
      const end = 1 + encoded.length + (to === text.length ? 1 : 0);
      if (end > first) stretches[part].push({ row, from: first, to: end });
    }
    documents.set(row, framed(Int32Array.from(encoded), coder.end));
  }
  return { documents: { tokensOf: (row) => documents.get(row)! }, stretches };
}

const partsOf = (cuts: Readonly<Record<Part, readonly Cut[]>>) =>
  (['train', 'validation', 'test'] as const).flatMap((part) => cuts[part].map((cut) => ({ part, ...cut })));

export function framed(tokens: Int32Array, end: number): Int32Array {
  const all = new Int32Array(tokens.length + 2).fill(end);
  all.set(tokens, 1);
  return all;
}

export const tokensIn = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, to }) => sum + to - from, 0);
