// What was written for images, the most wrong first. Pure.
import type { WrittenCaption } from '../../contract/results/captioning.ts';
import type { CaptionFrame } from '../../contract/tasks/caption-frame.ts';

export function mostWrong({ header, columns }: CaptionFrame, most: number): WrittenCaption[] {
  const rateOf = (row: number) => columns.edits[row]! / Math.max(1, columns.referenceTokens[row]!);
  return [...header.names.keys()]
    .toSorted((a, b) => rateOf(b) - rateOf(a) || a - b)
    .slice(0, most)
    .map((row) => ({
      sample: columns.sample[row]!,
      name: header.names[row]!,
      references: [...header.references[row]!],
      written: header.written[row]!,
      nearest: header.nearest[row]!,
      edits: columns.edits[row]!,
    }));
}
