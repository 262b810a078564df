// Windows of a part beside those that its rows would give.
import { expect, test } from 'vitest';
import { leftOutSentences, windowsText } from '../../engine/words/part-windows.ts';

const gap = { reason: 'a gap of more than 4 rows lies in it (task.crossGaps)', windows: 1_198 };
const missing = { reason: 'its origin is a row that is missing', windows: 300 };

test('windows that were kept out are counted and explained, rows that the data lack are not', () => {
  const few = { part: 'test', windows: 7, leftOut: [gap, missing] } as const;
  const forecast = { kind: 'forecast' } as const;
  expect(windowsText({ ...few, leftOut: [...few.leftOut] }, forecast)).toBe('7 of 1,205');
  expect(windowsText({ part: 'test', windows: 1_205 }, forecast)).toBe('1,205');
  expect(windowsText({ part: 'test', windows: 90, leftOut: [missing] }, forecast)).toBe('90');
  expect(
    leftOutSentences(
      [
        { ...few, leftOut: [...few.leftOut] },
        { part: 'train', windows: 9 },
      ],
      { kind: 'forecast' },
    ),
  ).toEqual([
    'Left out of test: 1,198 origins, because a gap of more than 4 rows lies in it (task.crossGaps).',
  ]);
});

test.each([
  ['translate', 'with a side that is empty', 45, '45 pairs with a side that is empty'],
  [
    'translate',
    'with more than 40 tokens on a side (task.mostSteps)',
    1,
    '1 pair with more than 40 tokens on a side (task.mostSteps)',
  ],
  [
    'video',
    'of fewer than 20 frames (task.given and task.ahead)',
    2,
    '2 videos of fewer than 20 frames (task.given and task.ahead)',
  ],
  ['caption', 'without a caption', 3, '3 images without a caption'],
] as const)(
  'what is left out of a run of the task %s is called what it is: %s',
  (kind, reason, windows, text) => {
    const part = { part: 'test', windows: 7, leftOut: [{ reason, windows }] } as const;
    expect(leftOutSentences([{ ...part, leftOut: [...part.leftOut] }], { kind })).toEqual([
      `Left out of test: ${text}.`,
    ]);
  },
);

test('pairs that were left out are counted among the pairs, videos not among the windows', () => {
  const lost = (reason: string) =>
    ({ part: 'test', windows: 40, leftOut: [{ reason, windows: 2 }] }) as const;
  const textOf = (kind: 'translate' | 'video', reason: string) => {
    const part = lost(reason);
    return windowsText({ ...part, leftOut: [...part.leftOut] }, { kind });
  };
  expect(textOf('translate', 'with a side that is empty')).toBe('40 of 42');
  expect(textOf('video', 'of fewer than 20 frames (task.given and task.ahead)')).toBe('40');
});
