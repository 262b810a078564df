// The text that was read, unchanged.
import type { PairBaseline } from './pair-baseline.ts';

export const copySource: PairBaseline = {
  subject: 'copy-source',
  meaning: 'The text that is read, unchanged.',
  follows: 'fit',
  *learn() {
    yield;
    return (source) => source;
  },
};
