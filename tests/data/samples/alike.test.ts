// Nearly equal texts, and the two strands of DNA.
import { expect, test } from 'vitest';
import { createNumbers } from '../../../engine/data/generated/random.ts';
import { nearDuplicates } from '../../../engine/data/samples/near-duplicates.ts';
import { splitSamples } from '../../../engine/data/samples/split-samples.ts';
import { areNucleic, reverseComplement, strandPairs } from '../../../engine/data/samples/strands.ts';
import { tableOf } from '../../tasks/classify/made-samples.ts';

const { integer } = createNumbers(5);
const wordOf = () => Array.from({ length: 3 + integer(6) }, () => 'abcdefghijklmnop'[integer(16)]).join('');
const textOf = (words: number) => Array.from({ length: words }, wordOf);

test('texts that share most of their runs of words are found, and no others', () => {
  const first = textOf(80);
  const changed = first.with(40, 'another');
  const half = [...first.slice(0, 40), ...textOf(40)];
  const others = Array.from({ length: 200 }, () => textOf(60).join(' '));
  const texts = [...others, first.join(' '), changed.join(' '), half.join(' '), first.join(' ')];
  const pairs = nearDuplicates(texts);
  expect(pairs.map(({ rows }) => rows)).toEqual([
    [200, 201],
    [201, 203],
  ]);
  expect(pairs[0]!.shared).toBeGreaterThan(0.9);
  expect(pairs[0]!.shared).toBeLessThan(1);
  // Short texts are nearly equal by chance; sequences have runs of letters.
  expect(nearDuplicates(['call me later', 'call me later today'])).toEqual([]);
  const dna = Array.from({ length: 200 }, () => 'ACGT'[integer(4)]).join('');
  // Each of them with each other one.
  expect(
    nearDuplicates([dna, `${dna.slice(0, 100)}A${dna.slice(101)}`, dna.toLowerCase().slice(3)]),
  ).toHaveLength(3);
});

test('the reverse complement of DNA and RNA, IUPAC letters included', () => {
  expect(reverseComplement('ACGTTN')).toBe('NAACGT');
  expect(reverseComplement('acguR')).toBe('Yacgu');
  expect(reverseComplement(reverseComplement('ACGTRYKMBVDHSWN'))).toBe('ACGTRYKMBVDHSWN');
  expect(areNucleic(['ACGTACGT', 'NNACGTRY'])).toBe(true);
  expect(areNucleic(['ACGTACGT', 'MKVLATGG and more'])).toBe(false);
  expect(areNucleic(['a cat'])).toBe(false);
});

test('both strands of a sequence lie in one part', () => {
  const sequences = Array.from({ length: 60 }, () =>
    Array.from({ length: 20 }, () => 'ACGT'[integer(4)]).join(''),
  );
  const texts = sequences.flatMap((one) => [one, reverseComplement(one)]);
  const labels = texts.map((_, row) => (row % 4 < 2 ? 'a' : 'b'));
  const split = { kind: 'samples', by: 'stratified', train: 0.5, validation: 0.25, seed: 1 } as const;
  const alike = strandPairs(texts);
  expect(alike).toHaveLength(texts.length);
  const partsOf = (given: typeof alike) => {
    const parts = splitSamples({
      split,
      table: tableOf(texts, labels),
      labels,
      alike: given,
      note: () => {},
    });
    const partOf = new Map(Object.entries(parts).flatMap(([part, rows]) => rows.map((row) => [row, part])));
    return sequences.map((_, at) => [partOf.get(2 * at), partOf.get(2 * at + 1)]);
  };
  for (const [one, other] of partsOf(alike)) expect(other).toBe(one);
  expect(partsOf([]).some(([one, other]) => one !== other)).toBe(true);
});
