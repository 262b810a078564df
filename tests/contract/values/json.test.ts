import { expect, test } from 'vitest';
import { parseLossless, stringifyLossless } from '../../../engine/contract/values/json.ts';

test('numbers that JSON turns into null come back as they were, at any depth', () => {
  const value = { loss: Number.NaN, list: [Infinity, { low: -Infinity }, 0.1 + 0.2], none: null };
  expect(parseLossless(stringifyLossless(value))).toEqual(value);
});
