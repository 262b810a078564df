// Always says the mean of the training part.
import type { ValueBaseline } from './value-baseline.ts';

export const meanValue: ValueBaseline = {
  subject: 'mean-value',
  meaning: 'Says for every sample the mean of the training part.',
  follows: 'mean',
  *learn({ values, train }) {
    const mean = train.reduce((sum, row) => sum + values[row]!, 0) / train.length;
    return () => mean;
  },
};
