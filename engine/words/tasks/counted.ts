// What the parts of a run count, by the kind of its task: for window, report and command line.
import type { Task } from '../../contract/tasks/task.ts';

export interface CountedWords {
  /** What it is trained on and scored over, the `windows` of a part. */
  readonly examples: string;
  /** What the `rows` of a part are, where these are not its examples. */
  readonly rows?: string;
  /** One of what the model answers: a cross-entropy is the mean over them. */
  readonly answer: string;
}

const SAMPLES: CountedWords = { examples: 'samples', answer: 'sample' };
const SAMPLES_WITH_LABELS: CountedWords = { examples: 'samples', answer: 'label' };

export const COUNTED_WORDS: Readonly<Record<string, CountedWords | undefined>> = {
  forecast: { examples: 'windows', rows: 'rows', answer: 'step' },
  classify: SAMPLES,
  tag: SAMPLES_WITH_LABELS,
  estimate: SAMPLES,
  label: SAMPLES_WITH_LABELS,
  translate: { examples: 'pairs', answer: 'token' },
  generate: { examples: 'tokens', rows: 'texts', answer: 'token' },
  video: { examples: 'windows', rows: 'videos', answer: 'frame' },
  caption: { examples: 'images', answer: 'token' },
};

export const countedIn = (task: Pick<Task, 'kind'> | undefined): CountedWords =>
  COUNTED_WORDS[task?.kind ?? ''] ?? SAMPLES;

/** `Tokens`, above a column. */
export const capitalized = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
