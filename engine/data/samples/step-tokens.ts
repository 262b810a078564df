// What has a label of its own in a text: what stands between spaces, or each letter.
import type { Tokenizer } from './tokenizers.ts';

/** `numbers`: rows of numbers, between spaces as words are. */
export type StepsBy = 'words' | 'characters' | 'numbers';

const between = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

const CUT: Readonly<Record<StepsBy, (text: string) => readonly string[]>> = {
  words: between,
  numbers: between,
  characters: (text) => [...text.trim()],
};

/** The steps of a text, in order; its labels are cut in the same way. */
export const cutSteps = (by: StepsBy, text: string): readonly string[] => CUT[by](text.normalize('NFC'));

export const createStepTokenizer =
  ({ by, lowerCase }: { readonly by: StepsBy; readonly lowerCase: boolean }): Tokenizer =>
  (text) =>
    cutSteps(by, text).map((step) => (lowerCase ? step.toLowerCase() : step));
