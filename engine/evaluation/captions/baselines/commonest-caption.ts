// The commonest caption of the training part, whatever the image.
import type { CaptionBaseline } from './caption-baseline.ts';

export const commonestCaption: CaptionBaseline = {
  subject: 'commonest-caption',
  meaning: 'The commonest caption of the training part, whatever the image.',
  follows: 'mean',
  learn(train) {
    const counts = new Map<string, number>();
    for (const { caption } of train) counts.set(caption, (counts.get(caption) ?? 0) + 1);
    // Of equally frequent ones the first in order of code.
    const [best] = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    return () => best?.[0] ?? '';
  },
};
