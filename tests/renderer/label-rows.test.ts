// Labels of lines that stand close to each other.
import { expect, test } from 'vitest';
import { labelRows } from '../../renderer/charts/label-rows.ts';

const rungs = (...epochs: readonly number[]) => epochs.map((at) => ({ at, label: `rung ${at}` }));
const pixels = (perEpoch: number) => (epoch: number) => epoch * perEpoch;

test('a label that would run into the one left of it stands in the row below', () => {
  expect(labelRows(rungs(2, 6, 18, 54), pixels(8))).toEqual([0, 1, 0, 0]);
  expect(labelRows(rungs(54, 6, 2), pixels(8))).toEqual([0, 1, 0]);
});

test('three in a row have three rows, and with room one', () => {
  expect(labelRows(rungs(1, 2, 3), pixels(8))).toEqual([0, 1, 2]);
  expect(labelRows(rungs(1, 2, 3), pixels(80))).toEqual([0, 0, 0]);
});

test('bands and what lies left of the chart take no room', () => {
  const markers = [{ at: -5, label: 'left of it' }, { at: 1, to: 9, label: 'a band' }, ...rungs(2)];
  expect(labelRows(markers, pixels(8))).toEqual([0, 0, 0]);
});
