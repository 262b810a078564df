// The mean of the known training rows, at every step.
import type { Baseline } from './baseline.ts';

export const mean: Baseline = {
  subject: 'mean',
  meaning: 'The mean of the training part, at every step.',
  follows: 'mean',
  options: () => null,
  missing: () => null,
  fit:
    ({ series, horizon }) =>
    (index, _origin, out, start) => {
      const { trainMean } = series[index]!;
      for (let step = 0; step < horizon; step += 1) out.set(trainMean, start + step * trainMean.length);
    },
};
