import { expect, test } from 'vitest';
import { adfP, kpssP } from '../../engine/words/p-values.ts';

const show = (p: number | undefined): string => (p === undefined ? '–' : p.toFixed(3));

test('the table of KPSS ends at 0.01 and 0.1: beyond them only the bound is known', () => {
  expect([0.01, 0.025, 0.1, undefined].map((p) => kpssP(p, show))).toEqual(['≤ 0.01', '0.025', '≥ 0.1', '–']);
});

test('a p-value of ADF that would be shown as 0 is below a bound', () => {
  expect([1e-9, 0.0123, undefined].map((p) => adfP(p, show))).toEqual(['< 0.001', '0.012', '–']);
});
