// The terms that the baselines see in a column of texts, or of lists of tokens, whose items are words.

import { isReadAsTokens } from '../../../contract/datasets/samples.ts';
import type { SampleValues } from '../../../data/samples/sample-table.ts';
import { areNucleic, reverseComplement } from '../../../data/samples/strands.ts';
import { wordsOf } from '../../../data/samples/tokenizers.ts';
import type { Terms } from './features.ts';

export type Texts = Extract<SampleValues, { kind: 'text' | 'tokens' }>;

export function textsIn(columns: readonly SampleValues[]): Texts | null {
  const [only, ...others] = columns;
  return only && isReadAsTokens(only) && others.length === 0 ? only : null;
}

const tidy = (text: string): string => text.normalize('NFC').toLowerCase();
/** Of a long text the beginning. */
const MOST_WORDS = 2_000;

/** The words of the texts; null where the texts hold one word each. */
export function wordTerms(column: Texts): Terms | null {
  if (column.kind === 'tokens') return (row) => column.lists[row]!;
  const { texts } = column;
  const kept = texts.map(() => null as readonly string[] | null);
  const terms = (row: number): readonly string[] => {
    kept[row] ??= firstWords(texts[row]!);
    return kept[row];
  };
  const looked = Math.min(200, texts.length);
  let words = 0;
  for (let row = 0; row < looked; row++) words += terms(row).length;
  return words < 2 * looked ? null : terms;
}

function firstWords(text: string): string[] {
  const found: string[] = [];
  for (const word of wordsOf(tidy(text))) {
    found.push(word);
    if (found.length === MOST_WORDS) break;
  }
  return found;
}

/** Longer texts have too many runs of letters, and words say the same. */
const LONGEST_MEAN = 200;

/** Runs of 1 to 4 letters, with a sign at both ends; null for long texts. */
export function letterTerms(column: Texts): Terms | null {
  if (column.kind === 'tokens') return null;
  const { texts } = column;
  const mean = texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length);
  if (mean > LONGEST_MEAN) return null;
  return function* (row) {
    const letters = ['^', ...tidy(texts[row]!).slice(0, 10 * LONGEST_MEAN), '$'];
    for (let from = 0; from < letters.length; from++) {
      let run = '';
      for (let length = 1; length <= 4 && from + length <= letters.length; length++) {
        run += letters[from + length - 1];
        yield run;
      }
    }
  };
}

const ALPHABET = /^[A-Za-z*-]+$/;
const MOST_LETTERS = 30_000;

/** Runs of three to five letters of biological sequences that are too long for `letterTerms`; null for other texts. */
export function kmerTerms(column: Texts): Terms | null {
  if (column.kind === 'tokens') return null;
  const { texts } = column;
  const looked = texts.slice(0, 200);
  const areSequences = looked.every((text) => ALPHABET.test(text.trim()));
  if (!areSequences || letterTerms(column) !== null) return null;
  const isNucleic = areNucleic(texts);
  return function* (row) {
    const letters = tidy(texts[row]!).slice(0, MOST_LETTERS);
    for (let from = 0; from < letters.length; from++)
      for (let length = 3; length <= 5 && from + length <= letters.length; length++) {
        const run = letters.slice(from, from + length);
        yield isNucleic ? ofEitherStrand(run) : run;
      }
  };
}

/** A run and its reverse complement count as one. */
function ofEitherStrand(run: string): string {
  const other = reverseComplement(run);
  return other < run ? other : run;
}

const MOST_POSITIONS = 400;

/** Each letter or item at its position, where all samples have the same length; else null. */
export function positionTerms(column: Texts): Terms | null {
  const rows: readonly (string | readonly string[])[] =
    column.kind === 'tokens' ? column.lists : column.texts;
  const [first = ''] = rows;
  if (first.length < 2 || first.length > MOST_POSITIONS || rows.some(({ length }) => length !== first.length))
    return null;
  return function* (row) {
    const units = rows[row]!;
    for (let at = 0; at < units.length; at++) yield `${at} ${units[at]}`;
  };
}
