import { expect, it } from 'vitest';
import { firstNotBefore } from '../../engine/data/first-not-before.ts';

it('agrees with a search from the front, also for times that come twice and for no times', () => {
  for (const times of [[], [3], [1, 3, 3, 5, 8]]) {
    for (let time = 0; time < 10; time++) {
      const found = times.findIndex((each) => each >= time);
      const position = found < 0 ? times.length : found;
      expect(firstNotBefore(Float64Array.from(times), time)).toBe(position);
      expect(firstNotBefore(BigInt64Array.from(times, BigInt), BigInt(time))).toBe(position);
    }
  }
});
