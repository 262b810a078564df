// Always says the median of the training part.
import type { ValueBaseline } from './value-baseline.ts';

export const medianValue: ValueBaseline = {
  subject: 'median-value',
  meaning:
    'Says for every sample the median of the training part, from which the absolute errors are smallest.',
  follows: 'mean',
  *learn({ values, train }) {
    const sorted = train.map((row) => values[row]!).toSorted((a, b) => a - b);
    const middle = (sorted.length - 1) / 2;
    const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
    return () => median;
  },
};
