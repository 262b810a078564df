// Words for parts, as folders and columns of published data use them.
import type { GivenPart } from '../../../contract/datasets/samples.ts';

const WORDS: readonly (readonly [RegExp, GivenPart])[] = [
  [/^(train|training|trn)$/i, 'train'],
  [/^(val|valid|validation|dev|development)$/i, 'validation'],
  [/^(test|testing|tst|eval)$/i, 'test'],
];

/** Empty for a word that names no part. */
export const partOf = (word: string): GivenPart | '' =>
  WORDS.find(([pattern]) => pattern.test(word.trim()))?.[1] ?? '';
