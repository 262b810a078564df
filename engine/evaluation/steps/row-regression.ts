// Rows of numbers by logistic regression on the row itself and the rows before and behind it: what a table of tokens is for words.

import type { SparseRow } from '../classes/baselines/features.ts';
import { fitLogisticRegression } from '../classes/baselines/logistic-regression.ts';
import type { LabelledSteps, StepBaseline } from './step-baseline.ts';

/** Rows that it is fitted to, evenly taken from all. */
const MOST_ROWS = 10_000;
/** As scikit-learn's C. */
const STRENGTH = 1;
/** Steps beside the row that are read. */
const BESIDE = [-1, 0, 1];

export const rowRegression: StepBaseline = {
  subject: 'row-regression',
  meaning: 'Logistic regression on the numbers of a row and of the rows before and behind it.',
  follows: 'fit',
  learn(train, classes) {
    const texts = train.map(({ tokens }) => tokens.map(numbersOf));
    const width = widthOf(texts);
    if (width === 0) return null;
    const scale = scaleOf(texts.flat(), width);
    const steps = train.flatMap((text, index) => labelledSteps(text, texts[index]!));
    if (steps.length === 0) return null;
    const every = Math.max(1, Math.ceil(steps.length / MOST_ROWS));
    const some = steps.filter((_, index) => index % every === 0);
    const answer = fitLogisticRegression(
      {
        table: {
          columns: BESIDE.length * width,
          rows: some.map(({ rows, at }) => featuresOf(rows, at, scale)),
        },
        labels: Int32Array.from(some, ({ label }) => label),
        classes,
      },
      STRENGTH,
    );
    return (tokens) => {
      const rows = tokens.map(numbersOf);
      const all = new Float64Array(tokens.length * classes);
      for (const at of tokens.keys()) all.set(answer(featuresOf(rows, at, scale)), at * classes);
      return all;
    };
  },
};

/** NaN where a number is not known. */
const numbersOf = (token: string): readonly number[] =>
  token.split(',').map((cell) => (cell.trim() === '' || cell.trim() === '?' ? Number.NaN : Number(cell)));

/** Numbers of each row; 0 where these are no rows of numbers. */
function widthOf(texts: readonly (readonly (readonly number[])[])[]): number {
  const rows = texts.flat();
  const width = rows[0]?.length ?? 0;
  const isKnown = rows.some((row) => row.some((value) => !Number.isNaN(value)));
  return isKnown && rows.every((row) => row.length === width) && width > 0 && areNumbers(rows) ? width : 0;
}

/** A word becomes NaN as an unknown number does: of numbers most are known. */
function areNumbers(rows: readonly (readonly number[])[]): boolean {
  const known = rows.filter((row) => row.some((value) => !Number.isNaN(value))).length;
  return 2 * known > rows.length;
}

interface Scale {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

function scaleOf(rows: readonly (readonly number[])[], width: number): Scale {
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  for (let column = 0; column < width; column++) {
    const known = rows.map((row) => row[column]!).filter((value) => !Number.isNaN(value));
    const count = Math.max(1, known.length);
    mean[column] = known.reduce((sum, value) => sum + value, 0) / count;
    const squares = known.reduce((sum, value) => sum + (value - mean[column]!) * (value - mean[column]!), 0);
    deviation[column] = Math.sqrt(squares / count) || 1;
  }
  return { mean, deviation };
}

function labelledSteps({ labels }: LabelledSteps, rows: readonly (readonly number[])[]) {
  return Array.from(labels, (label, at) => ({ label, rows, at })).filter(({ label }) => label >= 0);
}

/** Beyond the ends, and where a number is not known, the mean. */
function featuresOf(rows: readonly (readonly number[])[], at: number, { mean, deviation }: Scale): SparseRow {
  const width = mean.length;
  const values = new Float64Array(BESIDE.length * width);
  for (const [index, step] of BESIDE.entries())
    for (const [column, value] of (rows[at + step] ?? []).entries())
      values[index * width + column] = Number.isNaN(value) ? 0 : (value - mean[column]!) / deviation[column]!;
  return { columns: Int32Array.from(values.keys()), values };
}
