// The caption of the training image whose pixels are nearest.
import { pixelDistance } from '../../classes/baselines/pixels.ts';
import type { CaptionBaseline } from './caption-baseline.ts';

export const nearestCaption: CaptionBaseline = {
  subject: 'nearest-image',
  meaning: 'The caption of the training image whose pixels are nearest, at 16 x 16.',
  follows: 'fit',
  learn: (train) => (pixels) => {
    let best = { distance: Number.POSITIVE_INFINITY, caption: train[0]?.caption ?? '' };
    for (const { pixels: other, caption } of train) {
      const distance = pixelDistance(pixels, other, best.distance);
      if (distance < best.distance) best = { distance, caption };
    }
    return best.caption;
  },
};
