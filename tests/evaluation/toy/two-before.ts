// A toy baseline: the value two rows before the origin.
import { type Baseline, lastKnownValues } from '../../../engine/evaluation/baselines/baseline.ts';

export const twoBefore: Baseline = {
  subject: 'two-before',
  meaning: 'The value two rows before the origin, at every step.',
  follows: 'last',
  options: () => null,
  missing: ({ series }) =>
    series.some(({ times }) => times.length < 5) ? 'a series has fewer than 5 rows' : null,
  fit({ series, horizon }) {
    const lasts = series.map(lastKnownValues);
    return (index, origin, out, start) => {
      const targets = lasts[index]!;
      for (let cell = 0; cell < horizon * targets.length; cell += 1) {
        out[start + cell] = targets[cell % targets.length]![origin - 2]!;
      }
    };
  },
};
