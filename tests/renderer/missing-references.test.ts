// Which runs and studies of an address are gone.
import { expect, test } from 'vitest';
import { missingReferences, missingText } from '../../renderer/features/compare/missing-references.ts';

const at = (...ids: number[]) => ids.map((id) => ({ id }));

test('what the lists lack is missing, once they are there', () => {
  const named = ['1', '7', 's2', 's9'];
  expect(missingReferences(named, at(1, 2), at(2))).toEqual(['7', 's9']);
  expect(missingReferences(named, undefined, at(2))).toEqual([]);
  expect(missingReferences(named, at(1), undefined)).toEqual([]);
});

test('is named in a sentence', () => {
  expect(missingText(['7'])).toBe('Run 7 is not in this workspace: it is left out.');
  expect(missingText(['s2', '7', '8'])).toBe(
    'Study s2, run 7 and run 8 are not in this workspace: they are left out.',
  );
});
