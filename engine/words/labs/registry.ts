// The words of all labs, in the order in which they build on each other.
import type { LabName } from '../../contract/labs.ts';
import { ATTENTION_WORDS } from './attention.ts';
import { BOTTLENECK_WORDS } from './bottleneck.ts';
import { FADING_WORDS } from './fading.ts';
import { GATES_WORDS } from './gates.ts';
import type { LabWords } from './lab-words.ts';
import { PARALLEL_WORDS } from './parallel.ts';
import { STATE_WORDS } from './state.ts';

export const LAB_WORDS: Readonly<Record<LabName, LabWords>> = {
  state: STATE_WORDS,
  fading: FADING_WORDS,
  gates: GATES_WORDS,
  bottleneck: BOTTLENECK_WORDS,
  attention: ATTENTION_WORDS,
  parallel: PARALLEL_WORDS,
};

/** The words of a guess; null where there was none, or a lab of another version had it. */
export const guessText = (lab: LabName, guess: string | null): string | null =>
  LAB_WORDS[lab].guesses.find(({ id }) => id === guess)?.text ?? null;
