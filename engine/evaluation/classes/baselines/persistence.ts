// Says that what was last known comes again: the word of the last row, or the last direction.
import type { ClassBaseline } from './class-baseline.ts';
import { asSureAsRight } from './sure.ts';

export const persistence: ClassBaseline = {
  subject: 'persistence',
  meaning: 'The class of the last known row, or the direction that led to it, comes again.',
  follows: 'last',
  *learn(input) {
    const { before } = input;
    return before ? yield* asSureAsRight(input, (row) => Math.max(0, before[row]!)) : null;
  },
};
