// The mean of the frames that are read.
import type { FrameBaseline } from './frame-baseline.ts';

export const meanFrame: FrameBaseline = {
  subject: 'mean-frame',
  meaning: 'The mean of the frames that are read.',
  follows: 'mean',
  forecast(given) {
    const sums = new Float64Array(given[0]!.length);
    for (const frame of given) for (let at = 0; at < sums.length; at++) sums[at]! += frame[at]!;
    return Uint8Array.from(sums, (sum) => Math.round(sum / given.length));
  },
};
