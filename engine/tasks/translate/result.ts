// What a translator wrote, at a glance: scores by the length of the source, and the texts that are most wrong. Pure.

import type { LengthScore, WrittenPair } from '../../contract/results/translation.ts';
import type { TranslateFrame } from '../../contract/tasks/translate-frame.ts';
import { evenly } from '../evenly.ts';

const GROUPS = 8;
const FEWEST = 10;

/** Sources of similar length together, about as many in each group; no length is in two groups. */
export function byLength({ header, columns }: TranslateFrame): LengthScore[] {
  const { tokens, edits, referenceTokens } = columns;
  const byTokens = [...Map.groupBy([...tokens.keys()], (row) => tokens[row]!)].toSorted(([a], [b]) => a - b);
  const wanted = Math.max(FEWEST, header.sources.length / GROUPS);
  const groups: { from: number; to: number; rows: number[] }[] = [];
  for (const [length, rows] of byTokens) {
    const last = groups.at(-1);
    if (last && last.rows.length < wanted) {
      last.to = length;
      for (const row of rows) last.rows.push(row);
    } else groups.push({ from: length, to: length, rows: [...rows] });
  }
  return groups.map(({ from, to, rows }) => {
    const sum = (of: Int32Array) => rows.reduce((total, row) => total + of[row]!, 0);
    return {
      from,
      to,
      count: rows.length,
      exact:
        rows.filter((row) => header.references[row]!.includes(header.written[row]!)).length / rows.length,
      edits: sum(edits) / Math.max(1, sum(referenceTokens)),
    };
  });
}

/** The most edits for a token first. */
export function mostWrong(frame: TranslateFrame, most: number): WrittenPair[] {
  const { edits, referenceTokens, logProbability } = frame.columns;
  const rateOf = (row: number) => edits[row]! / Math.max(1, referenceTokens[row]!);
  return [...frame.header.sources.keys()]
    .toSorted((a, b) => rateOf(b) - rateOf(a) || logProbability[a]! - logProbability[b]! || a - b)
    .slice(0, most)
    .map((row) => pairOf(frame, row));
}

/** In the order of the part. */
export const evenPairs = (frame: TranslateFrame, most: number): WrittenPair[] =>
  evenly([...frame.header.sources.keys()], most).map((row) => pairOf(frame, row));

const pairOf = ({ header, columns }: TranslateFrame, row: number): WrittenPair => ({
  sample: columns.sample[row]!,
  source: header.sources[row]!,
  references: [...header.references[row]!],
  written: header.written[row]!,
  edits: columns.edits[row]!,
});
