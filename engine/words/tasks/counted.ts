// What the parts of a run count, by the kind of its task: for window, report and command line.
import type { Task } from '../../contract/tasks/task.ts';

export interface CountedWords {
  /** What it is trained on and scored over, the `windows` of a part. */
  readonly examples: string;
  /** What the `rows` of a part are, where these are not its examples. */
  readonly rows?: string;
}

const SAMPLES: CountedWords = { examples: 'samples' };

export const COUNTED_WORDS: Readonly<Record<string, CountedWords | undefined>> = {
  forecast: { examples: 'windows', rows: 'rows' },
  classify: SAMPLES,
  tag: SAMPLES,
  estimate: SAMPLES,
  label: SAMPLES,
  translate: { examples: 'pairs' },
  generate: { examples: 'tokens', rows: 'texts' },
  video: { examples: 'windows', rows: 'videos' },
  caption: { examples: 'images' },
};

export const countedIn = (task: Pick<Task, 'kind'> | undefined): CountedWords =>
  COUNTED_WORDS[task?.kind ?? ''] ?? SAMPLES;

/** `Tokens`, above a column. */
export const capitalized = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
