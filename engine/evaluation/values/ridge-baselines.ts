// Linear regression on simple features: words, runs of letters, numbers as they are, mean spectra. The penalty is the one of a few that does
// best on the validation part.
import {
  chooseTerms,
  countTerms,
  type SparseRow,
  scaledToOne,
  type Terms,
} from '../classes/baselines/features.ts';
import { numbersIn, scaledRows } from '../classes/baselines/regression-of-numbers.ts';
import { letterTerms, textsIn, wordTerms } from '../classes/baselines/terms.ts';
import { fitRidge } from './ridge.ts';
import type { RowEstimator, ValueBaseline, ValueBaselineInput } from './value-baseline.ts';

const PENALTIES = [0.1, 1, 10, 100];

const squared = (value: number): number => value * value;

interface Features {
  readonly columns: number;
  rowOf(row: number): SparseRow;
}

function ridgeOn(featuresOf: (input: ValueBaselineInput) => Features | null): ValueBaseline['learn'] {
  return function* (input) {
    const features = featuresOf(input);
    yield;
    return features && features.columns > 0 ? yield* bestRidge(input, features) : null;
  };
}

function* bestRidge(
  { values, train, validation }: ValueBaselineInput,
  { columns, rowOf }: Features,
): Generator<void, RowEstimator, void> {
  const table = { columns, rows: train.map(rowOf) };
  const known = Float64Array.from(train, (row) => values[row]!);
  let best: { readonly error: number; readonly answer: RowEstimator } | undefined;
  for (const penalty of PENALTIES) {
    const fitted = fitRidge(table, known, penalty);
    const answer: RowEstimator = (row) => fitted(rowOf(row));
    const error = validation.reduce((sum, row) => sum + squared(answer(row) - values[row]!), 0);
    if (!best || error < best.error) best = { error, answer };
    yield;
  }
  return best!.answer;
}

function ofTerms(terms: Terms | null, train: readonly number[]): Features | null {
  if (terms === null) return null;
  const numbers = chooseTerms(terms, train);
  const kept = new Map<number, SparseRow>();
  return {
    columns: numbers.size,
    rowOf(row) {
      const found = kept.get(row) ?? scaledToOne(countTerms(terms(row), numbers));
      kept.set(row, found);
      return found;
    },
  };
}

export const ridgeOfWords: ValueBaseline = {
  subject: 'ridge-of-words',
  meaning:
    'Linear regression on how often each word occurs, or each run of letters where a text is one word.',
  follows: 'fit',
  learn: ridgeOn(({ column, train }) => {
    const texts = textsIn([column]);
    return texts && ofTerms(wordTerms(texts) ?? letterTerms(texts), train);
  }),
};

export const ridgeOfNumbers: ValueBaseline = {
  subject: 'ridge',
  meaning:
    'Linear regression on the numbers as they are, of samples of one length; of recordings on the mean MFCC of each quarter.',
  follows: 'fit',
  learn: ridgeOn(({ column, train }) => {
    const numbersOf = numbersIn([column], train);
    return numbersOf && scaledRows(numbersOf, train);
  }),
};
