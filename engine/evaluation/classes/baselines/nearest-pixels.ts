// Says the class of the training picture whose pixels are nearest.
import type { ClassBaseline } from './class-baseline.ts';
import { pixelDistance, pixelsIn } from './pixels.ts';
import { asSureAsRight } from './sure.ts';

/** Differences of numbers that may be computed in all, most of which are not, since a far picture is left early: some seconds. */
const MOST_WORK = 2e10;

export const nearestPixels: ClassBaseline = {
  subject: 'nearest-pixels',
  meaning:
    'The class of the training picture whose pixels are nearest, at 16 x 16; of videos the mean frame. Of very many training pictures every second one or fewer are compared.',
  follows: 'fit',
  *learn(input) {
    const pixels = pixelsIn(input.columns);
    if (!pixels) return null;
    const size = pixels(input.train[0]!).length;
    const asked = input.labels.length - input.train.length;
    const every = Math.ceil((asked * input.train.length * size) / MOST_WORK);
    const compared = input.train.filter((_, index) => index % Math.max(1, every) === 0);
    yield;
    const found = new Map<number, number>();
    return yield* asSureAsRight(input, (row) => {
      const known = found.get(row);
      if (known !== undefined) return known;
      let best = { distance: Number.POSITIVE_INFINITY, label: input.labels[compared[0]!]! };
      for (const other of compared) {
        if (other === row) continue;
        const distance = pixelDistance(pixels(row), pixels(other), best.distance);
        if (distance < best.distance) best = { distance, label: input.labels[other]! };
      }
      found.set(row, best.label);
      return best.label;
    });
  },
};
