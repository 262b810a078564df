// Every token by the classes that it had in the training part; a new token by those of rare ones.
import { createLabelCounts, even, type LabelCounts } from './label-counts.ts';
import type { LabelledSteps, StepBaseline } from './step-baseline.ts';

export const tokenTable: StepBaseline = {
  subject: 'token-table',
  meaning: 'The class that the token had most often in the training part, whatever stands beside it.',
  follows: 'fit',
  learn(train, classes) {
    const answer = learnTokens(train, classes);
    return (tokens) => {
      const all = new Float64Array(tokens.length * classes);
      for (const [index, token] of tokens.entries()) all.set(answer(token), index * classes);
      return all;
    };
  },
};

/** Shares of the classes of a token. */
export function learnTokens(
  train: readonly LabelledSteps[],
  classes: number,
): (token: string) => Float64Array {
  const frequency = new Map<string, number>();
  for (const { tokens } of train)
    for (const token of tokens) frequency.set(token, (frequency.get(token) ?? 0) + 1);
  const counts: LabelCounts = createLabelCounts(classes);
  for (const { tokens, labels } of train)
    for (const [index, token] of tokens.entries()) {
      const label = labels[index]!;
      if (label < 0) continue;
      counts.add('', label);
      // What came once stands for what never came.
      if (frequency.get(token) === 1) counts.add('rare', label);
      counts.add(`= ${token}`, label);
    }
  const all = counts.shares('', even(classes));
  const rare = counts.shares('rare', all);
  return (token) => counts.shares(`= ${token}`, frequency.has(token) ? all : rare);
}
