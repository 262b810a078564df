// What a subject's cost says of some stretches: in tokens, and in characters whatever the tokens are.
import { UNKNOWN } from '../../data/samples/text-tokens.ts';
import type { ScoredText } from '../../evaluation/language/scored-text.ts';
import { deterministicLog } from '../../numerics/deterministic-math.ts';
import { type Stretch, tokensIn } from './documents.ts';
import type { PreparedGenerate } from './prepare.ts';

/** An unknown token costs its letters besides. */
export function scoredText(
  { texts, coder, documents, tokens }: PreparedGenerate,
  stretches: readonly Stretch[],
  nats: number,
): ScoredText {
  let characters = 0;
  let unknown = 0;
  for (const { row, from, to } of stretches) {
    const all = documents.tokensOf(row);
    for (let at = from; at < to; at++) {
      const token = all[at]!;
      if (token === UNKNOWN) continue;
      characters += token === coder.end ? 1 : coder.textOf(token).length;
    }
    const length = lettersOfUnknown(all, { from, to }, coder.tidy(texts[row]!), coder.textOf);
    characters += length;
    unknown += length;
  }
  return {
    nats: nats + unknown * deterministicLog(tokens.letters + 1),
    tokens: tokensIn(stretches),
    characters,
  };
}

/** Characters of a stretch's unknown tokens: what its text has beside the known ones. */
function lettersOfUnknown(
  all: Int32Array,
  { from, to }: Pick<Stretch, 'from' | 'to'>,
  text: string,
  textOf: (token: number) => string,
): number {
  if (!all.subarray(from, to).includes(UNKNOWN)) return 0;
  const known = (first: number, end: number) =>
    all.subarray(first, end).reduce((sum, token, index) => {
      const isEnd = first + index === all.length - 1;
      return sum + (token === UNKNOWN || isEnd ? 0 : textOf(token).length);
    }, 0);
  const unknownAll = all.reduce((sum, token) => sum + (token === UNKNOWN ? 1 : 0), 0);
  const unknownHere = all.subarray(from, to).reduce((sum, token) => sum + (token === UNKNOWN ? 1 : 0), 0);
  const lettersAll = text.length - known(1, all.length);
  return Math.round((lettersAll * unknownHere) / Math.max(1, unknownAll));
}
