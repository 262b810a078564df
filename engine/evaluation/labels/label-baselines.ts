// Baselines of labels: those of two classes, fitted for each label by itself.
import type { SampleValues } from '../../data/samples/sample-table.ts';
import { CLASS_BASELINES } from '../classes/baselines/registry.ts';

interface Given {
  /** Column or columns that the model reads. */
  readonly columns: readonly SampleValues[];
  readonly labels: number;
  /** Whether a row has a label. */
  has(row: number, label: number): boolean;
  readonly rows: number;
  readonly train: readonly number[];
  readonly validation: readonly number[];
}

export interface LabelBaseline {
  readonly subject: string;
  /** [labels] probabilities. */
  answer(row: number): Float64Array;
}

/** More training samples times labels than these would take minutes: the cheap ones are left. */
const MOST_WORK = 200_000;
const CHEAP = 1_000_000;

/** Those that suit the samples, fitted on the training part. A label that all or none of these have is said with its share. */
export function* fitLabelBaselines(given: Given): Generator<void, LabelBaseline[], void> {
  const { columns, labels, has, rows, train, validation } = given;
  const work = labels * train.length;
  const found: LabelBaseline[] = [];
  for (const { subject, follows, learn } of CLASS_BASELINES) {
    if (work > (follows === 'fit' ? MOST_WORK : CHEAP)) continue;
    const answers: ((row: number) => number)[] = [];
    let isFitted = false;
    for (let label = 0; label < labels; label++) {
      const own = Int32Array.from({ length: rows }, (_, row) => (has(row, label) ? 1 : 0));
      const share = train.reduce((sum, row) => sum + own[row]!, 0) / train.length;
      if (share === 0 || share === 1) {
        answers.push(() => share);
        continue;
      }
      const answer = yield* learn({ columns, classes: 2, labels: own, train, validation });
      if (answer === null) break;
      isFitted = true;
      answers.push((row) => answer(row)[1]!);
    }
    if (!isFitted || answers.length < labels) continue;
    found.push({ subject, answer: (row) => Float64Array.from(answers, (of) => of(row)) });
  }
  return found;
}
