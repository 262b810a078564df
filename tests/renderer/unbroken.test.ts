import { expect, test } from 'vitest';
import { unbroken } from '../../renderer/ui/unbroken.ts';

test.each([
  ['It takes 0.20 ms with the LSTM; 14 ms and 1.6 ms.', 'It takes 0.20_ms with the LSTM; 14_ms and 1.6_ms.'],
  ['45 % of it, less than 0.1 %', '45_% of it, less than 0.1_%'],
  ['3 steps of 2 seeds', '3 steps of 2 seeds'],
  ['after 19 hours, 2 min 05 s', 'after 19 hours, 2_min 05_s'],
  ['no numbers', 'no numbers'],
])('%s', (text, whole) => {
  expect(unbroken(text)).toBe(whole.replaceAll('_', '\u00a0'));
});
