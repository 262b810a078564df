// What is known of the two sides of pairs: how long they are, how often words come again, and whether they go step by step.
import type { PairSide, PairsInfo } from '../../../contract/datasets/samples.ts';
import { cutSteps, type StepsBy } from '../step-tokens.ts';
import { countWords } from '../text-tokens.ts';

/** Tags are few, and each comes again and again: more are words of their own. */
const MOST_TAGS = 100;
const OFTEN = 4;
const MOST_LETTER_TAGS = 12;

export function describePairs(
  target: string,
  sources: readonly string[],
  targets: readonly string[],
): PairsInfo {
  const sides = { source: sideOf(sources), written: sideOf(targets) };
  return { target, ...sides, aligned: alignedIn(sides, sources, targets) };
}

/** Of the texts: some files miss a label here and there, and such texts are left out of a run. */
const MOSTLY = 0.9;

/** Whether each word, or each letter, of a source has one of few labels. */
export const alignmentOf = (sources: readonly string[], targets: readonly string[]): PairsInfo['aligned'] =>
  alignedIn({ source: sideOf(sources), written: sideOf(targets) }, sources, targets);

function alignedIn(
  { source, written }: Pick<PairsInfo, 'source' | 'written'>,
  sources: readonly string[],
  targets: readonly string[],
): PairsInfo['aligned'] {
  const isAligned = (by: StepsBy) =>
    sources.filter((text, row) => cutSteps(by, text).length === cutSteps(by, targets[row]!).length).length >=
    MOSTLY * sources.length;
  const areTags =
    written.words > written.texts && written.differentWords <= Math.min(MOST_TAGS, written.words / OFTEN);
  if (areTags && isAligned('words')) return 'words';
  const areSigns = written.letters <= MOST_LETTER_TAGS && written.letters < source.letters;
  return areSigns && written.mostLetters > 1 && isAligned('characters') ? 'characters' : null;
}

export function sideOf(texts: readonly string[]): PairSide {
  const known = texts.filter((text) => text.trim() !== '');
  const different = new Set<string>();
  const letters = new Set<string>();
  let words = 0;
  let mostWords = 0;
  let mostLetters = 0;
  let mostTokens = 0;
  for (const text of known) {
    const found = cutSteps('words', text);
    for (const word of found) different.add(word);
    for (const letter of text) letters.add(letter);
    words += found.length;
    mostWords = Math.max(mostWords, found.length);
    mostLetters = Math.max(mostLetters, text.length);
    mostTokens = Math.max(mostTokens, countWords(text));
  }
  return {
    texts: known.length,
    words,
    differentWords: different.size,
    mostWords,
    mostLetters,
    mostTokens,
    letters: letters.size,
  };
}
