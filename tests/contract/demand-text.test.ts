// A call with input that does not fit is answered in plain words, not in those of a schema.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { demandText, type StandardIssue } from '../../engine/contract/values/issues.ts';

const limit = z.object({ limit: z.int().min(1).max(64) });

test.each<[unknown, string]>([
  [1.5, 'limit must be a whole number'],
  ['2', 'limit must be a number'],
  [0, 'limit must be at least 1'],
  [65, 'limit must be at most 64'],
  [undefined, 'limit must be a number'],
])('%o', (value, sentence) => {
  const { error } = limit.safeParse({ limit: value });
  expect(error?.issues.map((issue) => demandText(issue as StandardIssue))).toEqual([sentence]);
});

test('what another schema says is passed on', () => {
  expect(demandText({ path: ['name'], message: 'too odd' })).toBe('name: too odd');
  expect(demandText({ path: ['name'], message: 'must not be empty' })).toBe('name must not be empty');
  expect(demandText({ message: 'too odd' })).toBe('it: too odd');
});
