// The last known value at or before the origin, at every step; the training mean where none is known yet.
import { type Baseline, fillWithSteps } from './baseline.ts';

export const repeat: Baseline = {
  subject: 'repeat',
  meaning: 'The last known value, at every step.',
  follows: 'last',
  options: () => null,
  missing: () => null,
  fit: (data) => fillWithSteps(data, () => 0),
};
