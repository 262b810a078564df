// What several runs say of the same samples is joined by sample, where they differ most first; labels by token.
import { expect, test } from 'vitest';
import { differentTexts } from '../../renderer/tasks/label/different-texts.ts';
import { sideBySide } from '../../renderer/tasks/side-by-side.ts';

const one = (sample: number, edits: number) => ({ sample, edits });
const spread = (all: readonly { readonly edits: number }[]) =>
  Math.max(...all.map(({ edits }) => edits)) - Math.min(...all.map(({ edits }) => edits));

test('samples of all runs, the most different first, in the order of the first run where they are equally so', () => {
  const runs = [
    [one(4, 1), one(2, 3), one(7, 0), one(1, 5), one(9, 9)],
    [one(1, 5), one(2, 1), one(7, 6), one(4, 1)],
  ];
  const joined = sideBySide(runs, {
    keyOf: ({ sample }) => String(sample),
    differenceOf: (all) => [spread(all)],
    most: 3,
  });
  expect(joined.map(({ all }) => all.map(({ sample, edits }) => [sample, edits]))).toEqual([
    [
      [7, 0],
      [7, 6],
    ],
    [
      [2, 3],
      [2, 1],
    ],
    [
      [4, 1],
      [4, 1],
    ],
  ]);
  // A later number decides where those before are equal.
  const second = sideBySide(runs, {
    keyOf: ({ sample }) => String(sample),
    differenceOf: ([{ sample } = one(0, 0)]) => [0, sample],
    most: 9,
  });
  expect(second.map(({ first }) => first.sample)).toEqual([7, 4, 2, 1]);
  expect(sideBySide([], { keyOf: String, differenceOf: () => [], most: 9 })).toEqual([]);
});

const text = (sample: number, words: string, said: readonly number[], truth = said.map(() => 0)) => ({
  sample,
  name: `text ${sample}`,
  tokens: words
    .split(' ')
    .map((word, at) => ({ text: word, said: said[at]!, probability: 1, truth: truth[at]! })),
});

test('labels are compared by name, and only texts where they differ are shown', () => {
  const first = {
    areRows: false,
    classes: ['A', 'B'],
    texts: [
      text(1, 'x y', [1, 0]),
      text(2, 'x y', [0, 1], [0, -1]),
      text(3, 'x y z', [0, 0, 0]),
      text(4, 'x', [0]),
    ],
  };
  // Its classes are in another order, and it cuts the last text differently.
  const other = {
    areRows: false,
    classes: ['B', 'A'],
    texts: [
      text(1, 'x y', [0, 1]),
      text(2, 'x y', [1, 1]),
      text(3, 'x y z', [0, 1, 0]),
      text(4, 'x x', [1, 0]),
    ],
  };
  const found = differentTexts([first, other]);
  expect([found.classes, found.shared]).toEqual([['A', 'B'], 3]);
  expect(found.texts).toMatchObject([
    {
      name: 'text 3',
      said: [
        ['A', 'A', 'A'],
        ['B', 'A', 'B'],
      ],
      differs: [true, false, true],
    },
    {
      name: 'text 2',
      truth: ['A', null],
      said: [
        ['A', 'B'],
        ['A', 'A'],
      ],
      differs: [false, true],
    },
  ]);
});
