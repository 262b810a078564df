// How `hindcast import` reads its options that clean values.
import { expect, test } from 'vitest';
import {
  cleanOf,
  gridOption,
  rangeOption,
  renameOption,
  scaleOption,
} from '../../../engine/hosts/cli/clean-arguments.ts';

test('options become remedies', () => {
  const given = {
    drop: ['k'],
    rename: [renameOption('Total kW=power')],
    range: [rangeOption('a=-1.5..100'), rangeOption('b=..3')],
    scale: [scaleOption('a=0.001'), scaleOption('c=1.8:32')],
    grid: gridOption('15min:sum'),
  };
  expect(cleanOf(given)).toEqual({
    drop: ['k'],
    rename: { 'Total kW': 'power' },
    range: [
      { column: 'a', min: -1.5, max: 100 },
      { column: 'b', max: 3 },
    ],
    scale: [
      { column: 'a', factor: 0.001 },
      { column: 'c', factor: 1.8, offset: 32 },
    ],
    grid: { stepUs: 900_000_000, rule: 'sum' },
  });
  expect(cleanOf({})).toBeUndefined();
  expect(gridOption('1h')).toEqual({ grid: { stepUs: 3_600_000_000, rule: 'mean' } });
});

test.each([
  () => renameOption('power'),
  () => rangeOption('a=5'),
  () => rangeOption('a=x..5'),
  () => scaleOption('a=ten'),
  () => gridOption('1h:median'),
  () => gridOption('hourly'),
])('wrong ones say how they are written', (parse) => {
  expect(parse).toThrow(/takes/);
});
