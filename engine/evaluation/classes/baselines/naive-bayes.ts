// Multinomial naive Bayes with add-one smoothing (Manning et al. 2008, 13.2), on words, or on runs of letters where texts are single words.
import { deterministicExp, deterministicLog } from '../../../numerics/deterministic-math.ts';
import type { ClassBaseline } from './class-baseline.ts';
import { chooseTerms, countTerms } from './features.ts';
import { letterTerms, textsIn, wordTerms } from './terms.ts';

export const naiveBayes: ClassBaseline = {
  subject: 'naive-bayes',
  meaning:
    'Naive Bayes on words, or on runs of letters where a text is one word: how often each occurs in each class, taken as independent.',
  follows: 'fit',
  *learn({ columns, classes, labels, train }) {
    const texts = textsIn(columns);
    const terms = texts && (wordTerms(texts) ?? letterTerms(texts));
    if (!terms) return null;
    const numbers = chooseTerms(terms, train);
    yield;
    const counts = new Float64Array(numbers.size * classes).fill(1);
    const totals = new Float64Array(classes).fill(numbers.size);
    const samples = new Float64Array(classes);
    for (const row of train) {
      const label = labels[row]!;
      samples[label]! += 1;
      const found = countTerms(terms(row), numbers);
      for (const [index, column] of found.columns.entries()) {
        counts[column * classes + label]! += found.values[index]!;
        totals[label]! += found.values[index]!;
      }
    }
    yield;
    const logs = counts.map((count, cell) => deterministicLog(count / totals[cell % classes]!));
    const priors = samples.map((count) => deterministicLog(count / train.length));
    return (row) => {
      const found = countTerms(terms(row), numbers);
      const sums = priors.slice();
      for (const [index, column] of found.columns.entries())
        for (let one = 0; one < classes; one++)
          sums[one]! += found.values[index]! * logs[column * classes + one]!;
      const most = sums.reduce((high, value) => Math.max(high, value));
      const p = sums.map((value) => deterministicExp(value - most));
      const all = p.reduce((sum, value) => sum + value, 0);
      return p.map((value) => value / all);
    };
  },
};
