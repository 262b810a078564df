// What to know of a vocabulary: how much of the training samples it does not have.
import { UNKNOWN } from '../../../data/samples/vocabulary.ts';
import type { FittedInput } from './input-kind.ts';

/** Share of the training samples. */
const MUCH_UNKNOWN = 0.1;

export function knownShare(name: string, fitted: FittedInput, train: readonly number[]) {
  let unknown = 0;
  let all = 0;
  for (const row of train) {
    for (const token of fitted.encode(row)) {
      all += 1;
      if (token === UNKNOWN) unknown += 1;
    }
  }
  const { tokens } = fitted.shape as Extract<FittedInput['shape'], { kind: 'tokens' }>;
  const share = unknown / Math.max(1, all);
  const text = `${name}: ${(tokens - 1).toLocaleString('en-US')} tokens are known; ${(100 * share).toFixed(1)} % of the training text is unknown.`;
  return { text, isGrave: share > MUCH_UNKNOWN };
}
