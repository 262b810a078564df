// The split of samples: shares by class, whole groups, equal inputs in one part, given parts, and no influence of the order of rows.
import { expect, test } from 'vitest';
import { countRuns } from '../../../engine/contract/experiment/tokens.ts';
import { learnMerges, splitWord } from '../../../engine/data/samples/byte-pairs.ts';
import { splitSamples } from '../../../engine/data/samples/split-samples.ts';
import { createTokenizer, fitTokenizer } from '../../../engine/data/samples/tokenizers.ts';

const SPLIT = { kind: 'samples', by: 'stratified', train: 0.7, validation: 0.15, seed: 1 } as const;

function tableOf(rows: number, changes: Partial<Parameters<typeof splitSamples>[0]['table']> = {}) {
  const each = <T>(make: (row: number) => T) => Array.from({ length: rows }, (_, row) => make(row));
  return {
    rows,
    groups: each(() => ''),
    parts: each(() => '' as const),
    hashes: each((row) => `h${row}`),
    ...changes,
  };
}

const PARTS = ['train', 'validation', 'test'] as const;

test('each class is split by the same shares, and every sample is in one part', () => {
  const labels = Array.from({ length: 200 }, (_, row) => (row % 10 === 0 ? 'rare' : 'common'));
  const parts = splitSamples({ split: SPLIT, table: tableOf(200), labels, note: () => {} });
  const rare = PARTS.map((part) => parts[part].filter((row) => labels[row] === 'rare').length);
  expect(rare).toEqual([14, 3, 3]);
  expect(PARTS.flatMap((part) => parts[part]).toSorted((a, b) => a - b)).toEqual([...labels.keys()]);
});

test('equal inputs and members of a group are never split', () => {
  const hashes = Array.from({ length: 120 }, (_, row) => `h${Math.floor(row / 3)}`);
  const groups = Array.from({ length: 120 }, (_, row) => `g${row % 8}`);
  const labels = groups.map(() => 'a');
  for (const by of ['stratified', 'group'] as const) {
    const table = by === 'group' ? tableOf(120, { groups }) : tableOf(120, { hashes });
    const parts = splitSamples({ split: { ...SPLIT, by }, table, labels, note: () => {} });
    const keys = by === 'group' ? groups : hashes;
    const seen = new Map<string, string>();
    for (const part of PARTS) {
      expect(parts[part].length).toBeGreaterThan(0);
      for (const row of parts[part]) {
        expect(seen.get(keys[row]!) ?? part).toBe(part);
        seen.set(keys[row]!, part);
      }
    }
  }
});

test('readings that many groups share leave each group whole, and the test part keeps them alone', () => {
  const groups = Array.from({ length: 120 }, (_, row) => `g${row % 4}`);
  // One reading in all groups, and one in two of them.
  const hashes = groups.map((_, row) => (row < 4 ? 'all' : row < 6 ? 'two' : `h${row}`));
  const labels = groups.map((_, row) => (row % 8 < 4 ? 'a' : 'b'));
  const tested: number[] = [];
  for (const fold of [1, 2, 3, 4]) {
    const notes: string[] = [];
    const split = { ...SPLIT, by: 'group', validationBy: 'chance', folds: 4, fold } as const;
    const parts = splitSamples({
      split,
      table: tableOf(120, { groups, hashes }),
      labels,
      note: (text) => notes.push(text),
    });
    expect(new Set(parts.test.map((row) => groups[row])).size).toBe(1);
    expect(parts.test).toHaveLength(30);
    tested.push(...parts.test);
    const partsOf = new Map<string, Set<string>>();
    for (const part of PARTS)
      for (const row of parts[part])
        partsOf.set(hashes[row]!, (partsOf.get(hashes[row]!) ?? new Set()).add(part));
    expect([...partsOf.values()].every(({ size }) => size === 1)).toBe(true);
    expect(notes.join()).toContain('were left out, so that no group is split');
  }
  expect(tested.toSorted((a, b) => a - b)).toEqual([...groups.keys()]);
});

test('given parts stay, what they lack comes from training, and repeated test samples leave the training part', () => {
  const notes: string[] = [];
  const parts = Array.from({ length: 40 }, (_, row) => (row < 10 ? ('test' as const) : ('train' as const)));
  const hashes = Array.from({ length: 40 }, (_, row) => (row === 30 ? 'h0' : `h${row}`));
  const found = splitSamples({
    split: { ...SPLIT, by: 'given' },
    table: tableOf(40, { parts, hashes }),
    labels: parts.map((_, row) => (row % 2 ? 'a' : 'b')),
    note: (text) => notes.push(text),
  });
  expect(found.test).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(found.validation.length).toBeGreaterThan(2);
  expect([...found.train, ...found.validation]).not.toContain(30);
  expect(notes[0]).toContain('1 sample of the given training part');
});

test('the order of rows moves no sample', () => {
  const labels = Array.from({ length: 60 }, (_, row) => (row % 2 ? 'a' : 'b'));
  const forward = splitSamples({ split: SPLIT, table: tableOf(60), labels, note: () => {} });
  const hashes = Array.from({ length: 60 }, (_, row) => `h${59 - row}`);
  const backward = splitSamples({
    split: SPLIT,
    table: tableOf(60, { hashes }),
    labels: labels.toReversed(),
    note: () => {},
  });
  expect(backward.test.map((row) => 59 - row).toSorted((a, b) => a - b)).toEqual(forward.test);
});

test.each(['stratified', 'group'] as const)('folds by %s test every sample once', (by) => {
  const groups = Array.from({ length: 120 }, (_, row) => `g${row % 6}`);
  const labels = Array.from({ length: 120 }, (_, row) => (row % 10 === 0 ? 'rare' : 'common'));
  const partsOf = (fold: number) =>
    splitSamples({
      split: { ...SPLIT, by, folds: 4, fold },
      table: tableOf(120, { groups }),
      labels,
      note: () => {},
    });
  const all = [1, 2, 3, 4].map(partsOf);
  expect(all.flatMap(({ test: rows }) => rows).toSorted((a, b) => a - b)).toEqual([...labels.keys()]);
  for (const parts of all) {
    expect(PARTS.flatMap((part) => parts[part]).toSorted((a, b) => a - b)).toEqual([...labels.keys()]);
    expect(parts.validation.length).toBeGreaterThan(0);
    const tested = new Set(parts.test.map((row) => groups[row]));
    if (by === 'group') expect(parts.train.some((row) => tested.has(groups[row]))).toBe(false);
    else expect(parts.test.filter((row) => labels[row] === 'rare')).toHaveLength(3);
  }
  const few = {
    split: { ...SPLIT, by: 'group', folds: 7 } as const,
    table: tableOf(120, { groups }),
    labels,
  };
  expect(() => splitSamples({ ...few, note: () => {} })).toThrow('fewer groups than the 7 folds');
});

test('validation by chance leaves every group that is not tested to the training', () => {
  const groups = Array.from({ length: 120 }, (_, row) => `g${row % 6}`);
  const labels = groups.map((_, row) => (row % 2 ? 'a' : 'b'));
  const base = { ...SPLIT, by: 'group', validationBy: 'chance' } as const;
  for (const split of [base, { ...base, folds: 6, fold: 3 }]) {
    const parts = splitSamples({ split, table: tableOf(120, { groups }), labels, note: () => {} });
    const groupsIn = (part: (typeof PARTS)[number]) => new Set(parts[part].map((row) => groups[row]));
    expect(groupsIn('test').size).toBe(1);
    expect(groupsIn('train')).toEqual(groupsIn('validation'));
    expect(groupsIn('train').size).toBe(5);
  }
});

test('given parts that share their groups take validation from all of them', () => {
  const groups = Array.from({ length: 80 }, (_, row) => `g${row % 4}`);
  const labels = groups.map(() => 'a');
  const split = { ...SPLIT, by: 'given' } as const;
  const groupsIn = (parts: readonly ('test' | 'train')[]) => {
    const { validation } = splitSamples({
      split,
      table: tableOf(80, { groups, parts }),
      labels,
      note: () => {},
    });
    return new Set(validation.map((row) => groups[row])).size;
  };
  expect(groupsIn(groups.map((_, row) => (row < 16 ? 'test' : 'train')))).toBe(4);
  expect(groupsIn(groups.map((group) => (group === 'g0' ? 'test' : 'train')))).toBe(1);
});

test('pieces of words join frequent pairs and spell every word again', () => {
  const merges = learnMerges(
    new Map([
      ['lower', 5],
      ['lowest', 3],
      ['newer', 6],
    ]),
    14,
  );
  expect(splitWord('newer', merges).length).toBeLessThan(5);
  expect(splitWord('lonely', merges).join('').replace('\u0000', '')).toBe('lonely');
  const texts = ['é lower newer', 'lower newest'];
  const state = fitTokenizer({ by: 'pieces', lowerCase: true, most: 40, fewest: 1 }, texts);
  expect([...createTokenizer(state)('Lower')]).toEqual([...createTokenizer(state)('lower')]);
  const words = createTokenizer({ by: 'words', lowerCase: false });
  expect([...words("Don't stop, e\u0301!")]).toEqual(["Don't", 'stop', ',', 'é', '!']);
});

test('runs of letters reach across spaces, and the ends of a text are signs of their own', () => {
  const state = fitTokenizer({ by: 'runs', lowerCase: true, most: 40, fewest: 1, longestRun: 3 }, []);
  expect(state).toEqual({ by: 'runs', lowerCase: true, longestRun: 3 });
  const cut = [...createTokenizer(state)('A b')];
  expect(cut.map((run) => run.replace('\u2402', '<').replace('\u2403', '>'))).toEqual([
    '<',
    '<a',
    '<a ',
    'a',
    'a ',
    'a b',
    ' ',
    ' b',
    ' b>',
    'b',
    'b>',
    '>',
  ]);
  expect(countRuns(3, 3)).toBeGreaterThanOrEqual(cut.length);
  expect([...createTokenizer(state)('')]).toHaveLength(3);
});
