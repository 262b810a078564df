// A text that is too long is refused before it goes to the engine, in window and terminal alike.
import { expect, test } from 'vitest';
import { requireShort } from '../../engine/words/short-texts.ts';

test('a text that is too long is named before anything is asked', () => {
  const long = 'x'.repeat(1_200);
  expect(() => requireShort([long], 1_000)).toThrow(
    'The text has 1,200 characters; shorten it to 1,000 at most, or cut it into several.',
  );
  expect(() => requireShort(['a', long], 1_000)).toThrow(/^Text 2 has 1,200 characters/);
  expect(() => requireShort(['a', long], 1_200)).not.toThrow();
});
