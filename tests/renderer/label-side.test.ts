// The label of a marker keeps away from lines where it can.
import { expect, test } from 'vitest';
import { standsAtFoot } from '../../renderer/charts/label-side.ts';
import { createScale } from '../../renderer/charts/scales.ts';

const HEIGHT = 100;
const scales = { x: createScale('linear', [0, 10], 0, 1000), y: createScale('linear', [0, 1], HEIGHT, 0) };
/** At the end of the chart, 70 pixels wide. */
const box = { from: 880, to: 950, depth: 13 };
const line = (y: readonly number[], more: object = {}) => ({
  id: 'a',
  label: 'a',
  color: '--hc-series-1',
  x: y.map((_, index) => index),
  y,
  ...more,
});
const at = (index: number, value: number): number[] =>
  Array.from({ length: 11 }, (_, step) => (step === index ? value : 0.5));

test.each([
  ['a line in the middle', [line(at(0, 0.5))], false],
  ['a point under it', [line(at(9, 0.95))], true],
  ['the way to a point beside it', [line([...at(8, 0.9).slice(0, 9), 1, 1])], true],
  ['a point far from it', [line(at(2, 1))], false],
  ['a gap in the line', [line(at(9, Number.NaN))], false],
  ['nothing', [], false],
  ['the largest of several values', [line(at(0, 0.5), { min: at(9, 0.4), max: at(9, 0.99) })], true],
  ['lines at both ends', [line(at(9, 0.95)), line(at(9, 0.02))], false],
] as const)('%s', (_, lines, isBelow) => {
  expect(standsAtFoot(box, lines, scales, HEIGHT)).toBe(isBelow);
});

test('bars stand on zero, at the foot too', () => {
  expect(standsAtFoot(box, [line(at(9, 0.95), { bars: 0.8 })], scales, HEIGHT)).toBe(false);
});
