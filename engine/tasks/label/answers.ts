// The probabilities of the classes of each token of texts, as a model gives them.
import { normalised } from '../../evaluation/classes/normalised.ts';
import type { ScoredClasses } from '../../evaluation/classes/scored-classes.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import type { StepLabeller, StepRead } from '../../models/step-labeller.ts';
import { readValues } from '../../ops/values.ts';
import type { StepValues } from '../sample-reading.ts';
import type { PreparedLabel } from './prepare.ts';
import { stepField, widthOf } from './step-batch.ts';

const MOST_ROWS = 64;
const MOST_CELLS = 2 ** 21;

export interface Answering {
  readonly model: StepLabeller;
  readonly read: StepRead;
  readonly classes: number;
}

/** Of each text [tokens, classes]; each `next` does a batch. */
export function* answersFor(
  { model, read, classes }: Answering,
  weight: WeightLookup,
  texts: readonly StepValues[],
): Generator<void, Float64Array[], void> {
  const width = widthOf(read);
  const found: Float64Array[] = new Array(texts.length);
  const order = [...texts.keys()].toSorted((a, b) => texts[a]!.length - texts[b]!.length || a - b);
  for (let at = 0; at < order.length; ) {
    const guess = order.slice(at, at + MOST_ROWS);
    const longest = Math.max(...guess.map((index) => texts[index]!.length / width));
    const some = guess.slice(0, Math.max(1, Math.floor(MOST_CELLS / (longest * classes))));
    const values = readValues(() =>
      model.predict(
        stepField(
          read,
          some.map((index) => texts[index]!),
        ),
        weight,
      ),
    );
    const time = values.length / (some.length * classes);
    for (const [row, index] of some.entries()) {
      const first = row * time * classes;
      found[index] = normalised(
        Float64Array.from(values.slice(first, first + (texts[index]!.length / width) * classes)),
        classes,
      );
    }
    at += some.length;
    yield;
  }
  return found;
}

/** The tokens of these rows whose class is known, one after the other. */
export function scoredSteps(
  { classes, positive, labelsOf }: Pick<PreparedLabel, 'classes' | 'positive' | 'labelsOf'>,
  rows: Int32Array,
  answers: readonly Float64Array[],
): ScoredClasses {
  const width = classes.length;
  const count = rows.reduce((sum, row) => sum + labelsOf(row).filter((label) => label >= 0).length, 0);
  const truth = new Int32Array(count);
  const probabilities = new Float64Array(count * width);
  let at = 0;
  for (const [index, row] of rows.entries())
    for (const [step, label] of labelsOf(row).entries()) {
      if (label < 0) continue;
      truth[at] = label;
      probabilities.set(answers[index]!.subarray(step * width, (step + 1) * width), at * width);
      at += 1;
    }
  return { count, classes: width, positive, truth, probabilities };
}
