// What a run does not know is named, and never fills the screen.
import { expect, test } from 'vitest';
import { neverSeen } from '../../engine/words/unknown-items.ts';

test('parts of a text are named up to a number and a length', () => {
  expect(neverSeen(['zzz', ' '])).toBe('The training texts never have: "zzz", " "');
  const many = Array.from({ length: 1_234 }, (_, index) => `w${index}`);
  expect(neverSeen(many)).toMatch(/^The training texts never have: "w0", "w1", .* "w39" and 1,194 more$/);
  expect(neverSeen(['x'.repeat(50_000)]).length).toBeLessThan(100);
});
