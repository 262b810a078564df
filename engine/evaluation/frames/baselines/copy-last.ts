// The last frame, unchanged.
import type { FrameBaseline } from './frame-baseline.ts';

export const copyLast: FrameBaseline = {
  subject: 'copy-last-frame',
  meaning: 'The last frame that is read, unchanged.',
  follows: 'last',
  forecast: (given) => given.at(-1)!,
};
