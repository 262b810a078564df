// What has a label of its own in a text: what stands between spaces, or each letter.
import type { Tokenizer } from './tokenizers.ts';

export type StepsBy = 'words' | 'characters';

const CUT: Readonly<Record<StepsBy, (text: string) => readonly string[]>> = {
  words: (text) => text.split(/\s+/).filter((word) => word !== ''),
  characters: (text) => [...text.trim()],
};

/** The steps of a text, in order; its labels are cut in the same way. */
export const cutSteps = (by: StepsBy, text: string): readonly string[] => CUT[by](text.normalize('NFC'));

export const createStepTokenizer =
  ({ by, lowerCase }: { readonly by: StepsBy; readonly lowerCase: boolean }): Tokenizer =>
  (text) =>
    cutSteps(by, text).map((step) => (lowerCase ? step.toLowerCase() : step));
