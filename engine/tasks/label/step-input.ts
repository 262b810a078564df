// What a labeller reads at each step of a text: a token, by its number in a vocabulary, or numbers between commas, each scaled by mean and
// deviation of the training part.
import { z } from 'zod';
import { type LabelTask, mostStepsOf } from '../../contract/tasks/label.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { createStepTokenizer, cutSteps } from '../../data/samples/step-tokens.ts';
import { createEncoder, fitVocabulary } from '../../data/samples/vocabulary.ts';
import type { StepRead } from '../../models/step-labeller.ts';
import { ScaleSchema, scaled, scaleOf } from '../classify/inputs/sequence.ts';
import type { StepValues } from '../sample-reading.ts';

export const FittedStepsSchema = z.object({
  /** By number less 1; none where numbers are read. */
  tokens: z.array(z.string()),
  scale: ScaleSchema.optional(),
});
/** Plain JSON. */
export type FittedSteps = z.infer<typeof FittedStepsSchema>;

type HowRead = Pick<LabelTask, 'tokens' | 'window' | 'mostSteps' | 'embedding'>;

export interface StepInput {
  readonly fitted: FittedSteps;
  readonly read: StepRead;
  /** The first steps, as many as are read at most: [steps], or [steps, channels]. */
  encode(text: string): StepValues;
}

/** @param texts of the training part alone */
export function fitStepInput(task: HowRead, texts: readonly string[]): StepInput {
  const { tokens } = task;
  if (tokens.by !== 'numbers') {
    const found = fitVocabulary(texts, createStepTokenizer(tokens), {
      ...tokens,
      longest: mostStepsOf(task),
    });
    return openStepInput(task, { tokens: [...found.tokens] });
  }
  const [first = '0'] = cutSteps('numbers', texts[0] ?? '');
  const channels = first.split(SEPARATOR).length;
  const rows = texts.map((text) => numbersOf(text, channels));
  return openStepInput(task, { tokens: [], scale: scaleOf(rows, channels) });
}

export function openStepInput(task: HowRead, fitted: FittedSteps): StepInput {
  const { tokens: known, scale } = fitted;
  if (scale === undefined) {
    const encode = createEncoder({ tokens: known }, createStepTokenizer(task.tokens), mostStepsOf(task));
    const read = { kind: 'tokens', tokens: known.length + 1, embedding: task.embedding } as const;
    return { fitted, read, encode };
  }
  const channels = scale.mean.length;
  return {
    fitted,
    read: { kind: 'rows', channels },
    encode: (text) => scaled(numbersOf(text, channels), scale, mostStepsOf(task)),
  };
}

export const SEPARATOR = ',';
/** Stands for a number that is not known. */
export const MISSING = '?';

/** [steps, channels]. @throws HindcastError `invalid-input` for a step with another number of numbers, or with something else. */
function numbersOf(text: string, channels: number): Float32Array {
  const steps = cutSteps('numbers', text);
  return Float32Array.from(
    steps.flatMap((step, index) => {
      const cells = step.split(SEPARATOR);
      const numbers = cells.map((cell) => (cell === MISSING || cell === '' ? Number.NaN : Number(cell)));
      const isKnown = numbers.every((value, at) => Number.isFinite(value) || /^\??$/.test(cells[at]!));
      if (cells.length === channels && isKnown) return numbers;
      const wanted = `${channels} ${channels === 1 ? 'number' : 'numbers'} between commas`;
      const message = `Step ${index + 1} is "${step.slice(0, 60)}", but each step needs ${wanted}, such as ${Array.from({ length: channels }, () => '1.5').join(SEPARATOR)}; a "${MISSING}" stands for one that is not known.`;
      throw new HindcastError('invalid-input', message, { details: { field: 'text' } });
    }),
  );
}
