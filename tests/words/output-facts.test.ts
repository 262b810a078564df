// What is said of the columns that are to be learned.
import { expect, test } from 'vitest';
import { outputFacts } from '../../engine/words/output-facts.ts';

const side = { texts: 9, words: 20, differentWords: 12, mostWords: 4, mostLetters: 20, letters: 14 };
const pairs = { target: 'tags', source: side, written: side };

test('the column that is found is named by what is learned of it; none is said only where there is none', () => {
  expect(outputFacts({ label: 'mood' })).toEqual([['Label', 'mood']]);
  expect(outputFacts({ label: null, pairs: { ...pairs, aligned: null } })).toEqual([
    ['To be written', 'tags'],
  ]);
  expect(outputFacts({ label: null, pairs: { ...pairs, aligned: 'words' } })).toEqual([
    ['Label of each word', 'tags'],
  ]);
  expect(outputFacts({ label: null, captions: { target: 'caption', written: side } })).toEqual([
    ['To be written', 'caption'],
  ]);
  expect(outputFacts({ label: null, value: 'price' })).toEqual([['To be estimated', 'price']]);
  expect(outputFacts({ label: null })).toEqual([['Label', 'none']]);
});
