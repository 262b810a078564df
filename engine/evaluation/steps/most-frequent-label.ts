// Every step by how frequent the classes are.
import { createLabelCounts, even } from './label-counts.ts';
import type { StepBaseline } from './step-baseline.ts';

export const mostFrequentLabel: StepBaseline = {
  subject: 'most-frequent-label',
  meaning: 'The most frequent class of the training part for every token.',
  follows: 'fit',
  learn(train, classes) {
    const counts = createLabelCounts(classes);
    for (const { labels } of train) for (const label of labels) if (label >= 0) counts.add('', label);
    const shares = counts.shares('', even(classes));
    return (tokens) => repeated(tokens.map(() => shares));
  },
};

function repeated(rows: readonly Float64Array[]): Float64Array {
  const classes = rows[0]?.length ?? 0;
  const all = new Float64Array(rows.length * classes);
  for (const [index, row] of rows.entries()) all.set(row, index * classes);
  return all;
}
