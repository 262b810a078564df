// Scores of pairs of texts beside sacreBLEU's, edits beside a reference without tricks, and what each baseline writes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copySource } from '../../../engine/evaluation/pairs/baselines/copy-source.ts';
import type { PairBaseline } from '../../../engine/evaluation/pairs/baselines/pair-baseline.ts';
import { translationMemory } from '../../../engine/evaluation/pairs/baselines/translation-memory.ts';
import { wordTable } from '../../../engine/evaluation/pairs/baselines/word-table.ts';
import { bleu } from '../../../engine/evaluation/pairs/bleu.ts';
import { chrf } from '../../../engine/evaluation/pairs/chrf.ts';
import { editDistance, nearestReference } from '../../../engine/evaluation/pairs/edit-distance.ts';
import { PAIR_METRICS } from '../../../engine/evaluation/pairs/pair-metrics.ts';
import golden from '../../golden/pairs/pairs.json' with { type: 'json' };

test.each(golden.map((corpus, index) => [index, corpus] as const))(
  'BLEU and chrF2 of corpus %i are those of sacreBLEU',
  (_index, { written, references, ...expected }) => {
    const pairs = written.map((text, row) => ({ written: text, references: references[row]! }));
    expect(bleu(pairs)).toBeCloseTo(expected.bleu, 9);
    expect(chrf(pairs)).toBeCloseTo(expected.chrf, 9);
  },
);

/** By its definition, without a table. */
function edits(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [restA, restB] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return edits(restA, restB);
  return 1 + Math.min(edits(restA, b), edits(a, restB), edits(restA, restB));
}

test('edits are as few as can be, and those to the nearest reference count', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
  fc.assert(
    fc.property(letters, letters, (a, b) => editDistance([...a], [...b]) === edits(a, b)),
    { seed: 1, numRuns: 100 },
  );
  expect(nearestReference([...'kitten'], [[...'sitting'], [...'kittens']])).toEqual({ edits: 1, tokens: 7 });
});

const said = (text: string) => ({ text, tokens: [...text] });
const scored = (name: string, pairs: Parameters<(typeof PAIR_METRICS)[number]['value']>[0]) =>
  PAIR_METRICS.find((metric) => metric.name === name)!.value(pairs);

test('any reference is right; the accuracy of tokens is of the model alone', () => {
  const pairs = [
    { written: said('read'), references: [said('red'), said('read')] },
    { written: said('ab'), references: [said('abcd')] },
  ];
  expect(scored('exact-match', { pairs })).toBe(0.5);
  expect(scored('edit-rate', { pairs })).toBe(2 / 8);
  expect(scored('token-accuracy', { pairs })).toBeNaN();
  expect(scored('token-accuracy', { pairs, forced: { tokens: 4, right: 3 } })).toBe(0.75);
});

const TRAIN = ['the dog|der Hund', 'the cat|die Katze', 'a dog|ein Hund', 'a cat|eine Katze'].map((line) => {
  const [source = '', target = ''] = line.split('|');
  return { source, target, sourceTokens: source.split(' '), targetTokens: target.split(' ') };
});

function learned({ learn }: PairBaseline) {
  const work = learn({
    train: TRAIN,
    cut: (source) => source.split(' '),
    join: (tokens) => tokens.join(' '),
  });
  for (let next = work.next(); ; next = work.next()) if (next.done) return next.value;
}

test('baselines copy, look words up, and find the most alike', () => {
  expect(learned(copySource)('the dog')).toBe('the dog');
  expect(learned(wordTable)('dog cat bird')).toBe('Hund Katze');
  const memory = learned(translationMemory);
  expect(memory('a cat')).toBe('eine Katze');
  expect(memory('the dogs')).toBe('der Hund');
  // Nothing is shared with any: the first is as good as another.
  expect(memory('zzz')).toBe('der Hund');
});
