// Every token by the classes that it had between the same neighbours; where these were not seen, beside the one before it; else alone.
import { createLabelCounts } from './label-counts.ts';
import type { StepBaseline } from './step-baseline.ts';
import { learnTokens } from './token-table.ts';

export const contextTable: StepBaseline = {
  subject: 'context-table',
  meaning:
    'The class that the token had most often between the same two neighbours in the training part; else beside the one before it, else alone.',
  follows: 'fit',
  learn(train, classes) {
    const alone = learnTokens(train, classes);
    const counts = createLabelCounts(classes);
    for (const { tokens, labels } of train)
      for (const [index, label] of labels.entries()) {
        if (label < 0) continue;
        counts.add(before(tokens, index), label);
        counts.add(between(tokens, index), label);
      }
    return (tokens) => {
      const all = new Float64Array(tokens.length * classes);
      for (const [index, token] of tokens.entries()) {
        const beside = counts.shares(before(tokens, index), alone(token));
        all.set(counts.shares(between(tokens, index), beside), index * classes);
      }
      return all;
    };
  },
};

/** Tokens are joined by a sign that none has. */
const SIGN = '\u0001';

const before = (tokens: readonly string[], at: number): string =>
  `${tokens[at - 1] ?? ''}${SIGN}${tokens[at]}`;

const between = (tokens: readonly string[], at: number): string =>
  `${before(tokens, at)}${SIGN}${tokens[at + 1] ?? ''}`;
