// What a model of samples answers: the shares of its choices, and the answer that is explained.

import type { ChoiceShare } from '../../contract/inside/reading.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { ReadSample, SampleReadings } from '../../tasks/sample-reading.ts';
import { entropyOf } from '../entropy.ts';
import type { Explained } from './explain.ts';

/** Classes whose shares are shown over time, and answers that are listed. */
const MOST_CLASSES = 8;
const MOST_LISTED = 5;

export interface Answers {
  /** The most likely answer of the last step, or of the sample. */
  readonly last: Float32Array;
  readonly listed: ChoiceShare[][];
  /** The most likely choice. */
  likeliestAt(step: number): number;
  shareAt(explained: Explained): number;
  /** NaN where the sample as a whole is answered. */
  bitsAt(step: number): number;
}

export function answersOf(
  { choices, answers, scale }: SampleReadings,
  found: Float32Array,
  first: number,
): Answers {
  const width = choices.length;
  const shares = found.map((answer) => scale.shown(answer));
  const at = (step: number) => shares.subarray(step * width, (step + 1) * width);
  const rows = shares.length / width;
  return {
    last: at(rows - 1),
    listed: Array.from({ length: rows }, (_, step) => {
      if (step < first) return [];
      const own = at(step);
      if (answers === 'frame') return [{ choice: choices[0]!, share: own[0]! }];
      return largest(own, MOST_LISTED).map((one) => ({ choice: choices[one]!, share: own[one]! }));
    }),
    likeliestAt: (step) => largest(at(step), 1)[0]!,
    shareAt: ({ step, choice }) => at(step)[choice]!,
    bitsAt: (step) =>
      answers === 'sample' || answers === 'frame' || step < first
        ? Number.NaN
        : entropyOf(at(step)) / Math.LN2,
  };
}

/** Indices of the largest, the largest first. */
function largest(values: Float32Array, most: number): number[] {
  const found: number[] = [];
  for (let index = 0; index < values.length; index++) {
    let rank = found.length;
    while (rank > 0 && values[found[rank - 1]!]! < values[index]!) rank--;
    if (rank >= most) continue;
    found.splice(rank, 0, index);
    if (found.length > most) found.pop();
  }
  return found;
}

interface Asked {
  readonly sample: ReadSample;
  readonly answers: Answers;
  readonly step: number | undefined;
  /** Of what is said of a sample; absent: the most likely. */
  readonly choice: string | undefined;
}

/**
 * What really comes next, or, where it is not known, the most likely.
 * @throws HindcastError `invalid-input` for a step or a class that there is not
 */
export function explainedBy(readings: SampleReadings, { sample, answers, step, choice }: Asked): Explained {
  if (readings.answers === 'sample')
    return { step: 0, choice: indexOf(readings, choice) ?? largest(answers.last, 1)[0]! };
  const { steps, next, source = 0 } = sample;
  // The first frame ahead is the one that most of what was read speaks of.
  const asked = step ?? (readings.answers === 'frame' ? source : steps - 1);
  if (asked >= steps) {
    const message = `There is no step ${asked} of what was read: it has ${steps}, counted from 0.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'step' } });
  }
  if (asked < source) {
    const message = `Step ${asked} is read and not answered: what the model says begins at step ${source}, so choose ${source} to ${steps - 1}.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'step' } });
  }
  if (readings.answers === 'frame') return { step: asked, choice: indexOf(readings, choice) ?? 0 };
  const known = next?.[asked] ?? -1;
  return { step: asked, choice: known >= 0 ? known : answers.likeliestAt(asked) };
}

function indexOf({ choices }: SampleReadings, choice: string | undefined): number | undefined {
  if (choice === undefined) return undefined;
  const index = choices.indexOf(choice);
  if (index >= 0) return index;
  const known = choices.slice(0, MOST_CLASSES).join(', ');
  const more = choices.length > MOST_CLASSES ? ` and ${choices.length - MOST_CLASSES} more` : '';
  const message = `The model says nothing of "${choice}"; it knows ${known}${more}.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'choice' } });
}

export function shownClasses(
  { choices }: SampleReadings,
  shares: Float32Array,
  truth: string | null,
): number[] {
  const found = largest(shares, MOST_CLASSES);
  const index = truth === null ? -1 : choices.indexOf(truth);
  return index < 0 || found.includes(index) ? found : [...found.slice(0, -1), index];
}
