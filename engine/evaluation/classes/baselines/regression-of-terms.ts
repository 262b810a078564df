// Logistic regression on the terms of texts: of words, of runs of letters, of letters at their positions. The penalty is the one of a
// few that does best on the validation part.

import { deterministicLog } from '../../../numerics/deterministic-math.ts';
import type { ClassBaseline, ClassBaselineInput, RowClassifier } from './class-baseline.ts';
import { chooseTerms, countTerms, type SparseRow, scaledToOne, type Terms } from './features.ts';
import { fitLogisticRegression } from './logistic-regression.ts';
import { kmerTerms, letterTerms, positionTerms, type Texts, textsIn, wordTerms } from './terms.ts';

const STRENGTHS = [1, 10, 100];

function regressionOf(termsOf: (texts: Texts) => Terms | null): ClassBaseline['learn'] {
  return function* (input) {
    const texts = textsIn(input.columns);
    const terms = texts && termsOf(texts);
    if (!terms) return null;
    const numbers = chooseTerms(terms, input.train);
    if (numbers.size === 0) return null;
    const rows = new Map<number, SparseRow>();
    const rowOf = (row: number): SparseRow => {
      let found = rows.get(row);
      if (!found) {
        found = scaledToOne(countTerms(terms(row), numbers));
        rows.set(row, found);
      }
      return found;
    };
    return yield* bestRegression(input, rowOf, numbers.size);
  };
}

/** Fitted with each strength; the one with the smallest log loss on validation. */
export function* bestRegression(
  { train, validation, labels, classes }: ClassBaselineInput,
  rowOf: (row: number) => SparseRow,
  columns: number,
): Generator<void, RowClassifier, void> {
  const table = { columns, rows: train.map(rowOf) };
  const known = Int32Array.from(train, (row) => labels[row]!);
  let best: { readonly loss: number; readonly answer: RowClassifier } | undefined;
  for (const strength of STRENGTHS) {
    const fitted = fitLogisticRegression({ table, labels: known, classes }, strength);
    const answer: RowClassifier = (row) => fitted(rowOf(row));
    const loss = lossOn(validation, labels, answer);
    if (!best || loss < best.loss) best = { loss, answer };
    yield;
  }
  return best!.answer;
}

function lossOn(rows: readonly number[], labels: Int32Array, answer: RowClassifier): number {
  let sum = 0;
  for (const row of rows)
    if (labels[row]! >= 0) sum -= deterministicLog(Math.max(Number.EPSILON, answer(row)[labels[row]!]!));
  return sum;
}

export const bagOfWords: ClassBaseline = {
  subject: 'bag-of-words',
  meaning: 'Logistic regression on how often each word or item occurs, in whatever order.',
  follows: 'fit',
  learn: regressionOf(wordTerms),
};

export const letterRuns: ClassBaseline = {
  subject: 'letter-n-grams',
  meaning: 'Logistic regression on runs of one to four letters.',
  follows: 'fit',
  learn: regressionOf(letterTerms),
};

export const kmers: ClassBaseline = {
  subject: 'k-mers',
  meaning:
    'Logistic regression on runs of three to five letters of a biological sequence, of DNA from either strand.',
  follows: 'fit',
  learn: regressionOf(kmerTerms),
};

export const lettersAtPositions: ClassBaseline = {
  subject: 'one-hot-regression',
  meaning: 'Logistic regression on which letter or item stands at which position, of samples of one length.',
  follows: 'fit',
  learn: regressionOf(positionTerms),
};
