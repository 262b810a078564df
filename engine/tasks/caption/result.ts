// What was written for images. Pure.
import type { WrittenCaption } from '../../contract/results/captioning.ts';
import type { CaptionFrame } from '../../contract/tasks/caption-frame.ts';
import { evenly } from '../evenly.ts';

export function mostWrong(frame: CaptionFrame, most: number): WrittenCaption[] {
  const { edits, referenceTokens } = frame.columns;
  const rateOf = (row: number) => edits[row]! / Math.max(1, referenceTokens[row]!);
  return [...frame.header.names.keys()]
    .toSorted((a, b) => rateOf(b) - rateOf(a) || a - b)
    .slice(0, most)
    .map((row) => captionOf(frame, row));
}

/** In the order of the part. */
export const evenCaptions = (frame: CaptionFrame, most: number): WrittenCaption[] =>
  evenly([...frame.header.names.keys()], most).map((row) => captionOf(frame, row));

const captionOf = ({ header, columns }: CaptionFrame, row: number): WrittenCaption => ({
  sample: columns.sample[row]!,
  name: header.names[row]!,
  references: [...header.references[row]!],
  written: header.written[row]!,
  nearest: header.nearest[row]!,
  edits: columns.edits[row]!,
});
