// How far a call is, in words: without a time while it is too early to say.
import { expect, test } from 'vitest';
import { reachedText } from '../../renderer/tasks/reached-text.ts';

test.each([
  [0, null, '0 of 1,034 texts'],
  [120, 128.2, '120 of 1,034 texts, 2 min 08 s left'],
  [1_034, 0, '1,034 of 1,034 texts, 0 s left'],
])('%s done, %s seconds left', (done, secondsLeft, text) => {
  expect(reachedText({ done, total: 1_034, fraction: 0.5, secondsLeft }, 'texts')).toBe(text);
});
