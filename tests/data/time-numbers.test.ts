// Times as float64 are those of the bigints, before 1970 and far in the future.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stepNumbers, timeNumbers } from '../../engine/data/time-numbers.ts';

const YEAR_US = 31_556_952n * 1_000_000n;
const times = fc
  .array(fc.bigInt({ min: -500n * YEAR_US, max: 500n * YEAR_US }), { minLength: 1, maxLength: 30 })
  .map((list) => BigInt64Array.from(list));

test('times and steps are those of the bigints', () => {
  fc.assert(
    fc.property(times, (given) => {
      expect(Array.from(timeNumbers(given))).toEqual(Array.from(given, Number));
      const steps = Array.from(given.subarray(1), (time, row) => Number(time - given[row]!));
      expect(Array.from(stepNumbers(given))).toEqual(steps);
    }),
    { seed: 1 },
  );
});

test('a part of an array is read from where it begins', () => {
  const part = BigInt64Array.of(1n, -2n, 3n).subarray(1);
  expect(Array.from(timeNumbers(part))).toEqual([-2, 3]);
  expect(Array.from(stepNumbers(part))).toEqual([5]);
});
