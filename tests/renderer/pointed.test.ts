// The readout of a chart names rows and values that exist.
import { expect, test } from 'vitest';
import type { Line } from '../../renderer/charts/draw.ts';
import { pointedText, pointedValue, pointedX } from '../../renderer/charts/pointed.ts';

const text = (value: number) => (Number.isNaN(value) ? '–' : String(value));
const line = (more: Partial<Line>): Line => ({
  id: 'l',
  label: 'l',
  color: '',
  x: [0, 10, 20],
  y: [1, 2, 3],
  ...more,
});

test('the cursor goes to the nearest row', () => {
  const lines = [line({})];
  expect(pointedX(lines, 6, [0, 20])).toBe(10);
  expect(pointedText(lines, 10, text)).toBe('10');
  expect(pointedValue(lines[0]!, 10, text)).toBe('2');
});

test('outside what is shown it points at nothing', () => {
  expect(pointedX([line({})], 25, [0, 20])).toBeNull();
  expect(pointedX([line({})], null, [0, 20])).toBeNull();
  expect(pointedX([line({ x: [], y: [] })], 5, [0, 20])).toBeNull();
});

test('of several rows it says the range of times and of values, not the mean', () => {
  const reduced = line({ xEnd: [9, 19, 29], min: [0, 1.5, 3], max: [5, 2.5, 3] });
  expect(pointedText([reduced], 10, text)).toBe('10 to 19');
  expect(pointedValue(reduced, 10, text)).toBe('1.5 – 2.5');
  expect(pointedValue(reduced, 20, text)).toBe('3');
});

test('without a cursor a line says its last value, or its summary where the last value says nothing', () => {
  expect(pointedValue(line({}), null, text)).toBe('3');
  expect(pointedValue(line({ summary: 'AP 0.9' }), null, text)).toBe('AP 0.9');
  expect(pointedValue(line({ summary: '' }), null, text)).toBe('');
  expect(pointedValue(line({ summary: 'AP 0.9' }), 10, text)).toBe('2');
});

test('a moving average is followed by the values themselves', () => {
  const smoothed = line({ smoothed: true, min: [4, 4, 4], max: [4, 4, 4] });
  expect(pointedValue(smoothed, 10, text)).toBe('2 (4)');
});

test('without a cursor it is the last value that is known; a break has none', () => {
  const broken = line({ y: [1, Number.NaN, 3], min: [1, Number.NaN, 3], max: [1, Number.NaN, 3] });
  expect(pointedValue(broken, 10, text)).toBe('–');
  expect(pointedValue(line({ y: [1, 2, Number.NaN] }), null, text)).toBe('2');
});
