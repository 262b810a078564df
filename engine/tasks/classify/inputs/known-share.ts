// What to know of a vocabulary: how much of the training samples it does not have.
import { UNKNOWN } from '../../../data/samples/vocabulary.ts';
import { shareText } from '../../../words/share-text.ts';
import type { FittedInput } from './input-kind.ts';

/** Share of the training samples. */
const MUCH_UNKNOWN = 0.1;

/** @param units what the vocabulary is of, and what the training part has: `tokens`, `text` */
export function knownShare(
  name: string,
  fitted: FittedInput,
  train: readonly number[],
  [units, all]: readonly [string, string] = ['tokens', 'training text'],
) {
  let unknown = 0;
  let read = 0;
  for (const row of train) {
    for (const token of fitted.encode(row)) {
      read += 1;
      if (token === UNKNOWN) unknown += 1;
    }
  }
  const { tokens } = fitted.shape as Extract<FittedInput['shape'], { kind: 'tokens' }>;
  const share = unknown / Math.max(1, read);
  const text = `${name}: ${(tokens - 1).toLocaleString('en-US')} ${units} are known; ${unknown === 0 ? 'nothing' : shareText(share)} of the ${all} is unknown.`;
  return { text, isGrave: share > MUCH_UNKNOWN };
}
