// Always says the shares of the classes in the training part.
import type { ClassBaseline } from './class-baseline.ts';

export const majority: ClassBaseline = {
  subject: 'majority',
  meaning:
    'Says for every sample the class that the training part has most often, with the shares of the classes as probabilities.',
  follows: 'mean',
  *learn({ classes, labels, train }) {
    const shares = new Float64Array(classes);
    for (const row of train) if (labels[row]! >= 0) shares[labels[row]!]! += 1;
    const sum = shares.reduce((total, count) => total + count, 0);
    const p = shares.map((count) => count / sum);
    return () => p;
  },
};
