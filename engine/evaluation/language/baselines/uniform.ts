// Every token is equally probable.
import { deterministicLog } from '../../../numerics/deterministic-math.ts';
import type { LanguageBaseline } from './language-baseline.ts';

export const uniform: LanguageBaseline = {
  subject: 'uniform',
  meaning: 'Every token is equally probable at every position.',
  follows: 'fit',
  *learn({ size }) {
    yield;
    const cost = deterministicLog(size);
    return function* (ranges) {
      yield;
      return ranges.reduce((sum, { from, to }) => sum + (to - from) * cost, 0);
    };
  },
};
