// Logistic regression on numbers: on the values of vectors and of series of one length, and on the mean spectrum of each quarter of a recording.
import { SoundSchema } from '../../../contract/experiment/sound.ts';
import { createClipFeatures, usualRate } from '../../../data/samples/audio/clip-features.ts';
import type { SampleValues } from '../../../data/samples/sample-table.ts';
import type { ClassBaseline, ClassBaselineInput } from './class-baseline.ts';
import { summariesOf } from './event-summaries.ts';
import type { SparseRow } from './features.ts';
import { pixelsIn } from './pixels.ts';
import { bestRegression } from './regression-of-terms.ts';

/** [values] of a row, the same number for each; NaN where missing. */
type Numbers = (row: number) => Float32Array;

const MOST_VALUES = 2_000;
const QUARTERS = 4;

export const regressionOfValues: ClassBaseline = {
  subject: 'regression',
  meaning:
    'Logistic regression on the numbers as they are, of samples of one length; of pictures on their pixels at 16 x 16.',
  follows: 'fit',
  *learn(input) {
    const values = valuesOf(input.columns) ?? pixelValuesOf(input.columns);
    return values ? yield* regressionOn(input, values) : null;
  },
};

export const regressionOfSound: ClassBaseline = {
  subject: 'spectrum-regression',
  meaning:
    'Logistic regression on the mean MFCC of each quarter of a recording: it hears no order within a quarter.',
  follows: 'fit',
  *learn(input) {
    const means = quartersOf(input);
    return means ? yield* regressionOn(input, means) : null;
  },
};

export const regressionOfEvents: ClassBaseline = {
  subject: 'event-regression',
  meaning:
    'Logistic regression on how many events there are, how far apart, and on the mean and the spread of their fields: it knows no order.',
  follows: 'fit',
  *learn(input) {
    const summaries = summariesOf(input.columns);
    return summaries ? yield* regressionOn(input, summaries) : null;
  },
};

function valuesOf([only, ...others]: readonly SampleValues[]): Numbers | null {
  if (only?.kind !== 'sequence' || others.length > 0) return null;
  const { sequences } = only;
  const length = sequences[0]?.values.length ?? 0;
  const isOneLength = sequences.every(({ values }) => values.length === length);
  return isOneLength && length > 0 && length <= MOST_VALUES ? (row) => sequences[row]!.values : null;
}

function pixelValuesOf(columns: readonly SampleValues[]): Numbers | null {
  const pixels = pixelsIn(columns);
  return pixels && ((row) => Float32Array.from(pixels(row)));
}

/** The numbers of samples of one length, pixels, or the mean spectra of recordings; null of other columns. */
export const numbersIn = (columns: readonly SampleValues[], train: readonly number[]): Numbers | null =>
  valuesOf(columns) ?? pixelValuesOf(columns) ?? summariesOf(columns) ?? quartersOf({ columns, train });

function quartersOf({
  columns: [only],
  train,
}: Pick<ClassBaselineInput, 'columns' | 'train'>): Numbers | null {
  if (only?.kind !== 'audio') return null;
  const { clips } = only;
  const sound = SoundSchema.parse({ features: 'mfcc', subtractMean: false });
  const { of, features } = createClipFeatures(sound, usualRate(train.map((row) => clips[row]!)));
  return (row) => {
    const values = of(clips[row]!);
    const steps = values.length / features;
    const means = new Float32Array(QUARTERS * features);
    for (let quarter = 0; quarter < QUARTERS; quarter++) {
      const from = Math.min(steps - 1, Math.floor((quarter * steps) / QUARTERS));
      const to = Math.max(from + 1, Math.floor(((quarter + 1) * steps) / QUARTERS));
      for (let step = from; step < to; step++)
        for (let at = 0; at < features; at++)
          means[quarter * features + at]! += values[step * features + at]! / (to - from);
    }
    return means;
  };
}

function* regressionOn(input: ClassBaselineInput, numbersOf: Numbers) {
  const { rowOf, columns } = scaledRows(numbersOf, input.train);
  yield;
  return yield* bestRegression(input, rowOf, columns);
}

/** The numbers, scaled by mean and deviation of the training part; missing ones are the mean. */
export function scaledRows(numbersOf: Numbers, train: readonly number[]) {
  const raw = new Map<number, Float32Array>();
  const valuesAt = (row: number): Float32Array => {
    const known = raw.get(row);
    if (known) return known;
    const found = numbersOf(row);
    raw.set(row, found);
    return found;
  };
  const columns = valuesAt(train[0]!).length;
  const { mean, deviation } = scaleOf(train.map(valuesAt), columns);
  const all = Int32Array.from({ length: columns }, (_, at) => at);
  const rowOf = (row: number): SparseRow => ({
    columns: all,
    values: Float64Array.from(valuesAt(row), (value, at) =>
      Number.isNaN(value) ? 0 : (value - mean[at]!) / deviation[at]!,
    ),
  });
  return { rowOf, columns };
}

function scaleOf(rows: readonly Float32Array[], columns: number) {
  const mean = new Float64Array(columns);
  const deviation = new Float64Array(columns);
  for (let at = 0; at < columns; at++) {
    const known = rows.map((row) => row[at]!).filter((value) => !Number.isNaN(value));
    mean[at] = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
    const squares = known.reduce((sum, value) => sum + (value - mean[at]!) * (value - mean[at]!), 0);
    deviation[at] = Math.sqrt(squares / Math.max(1, known.length)) || 1;
  }
  return { mean, deviation };
}
