// How `hindcast import` reads its options that clean values.
import { expect, test } from 'vitest';
import { ImportOptionsSchema } from '../../../engine/contract/datasets/dataset.ts';
import {
  cleanOf,
  gridOption,
  rangeOption,
  renameOption,
  scaleOption,
  splitCleaning,
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

test('no option that cleans is left among those of the table', () => {
  const derive = [{ derive: [{ name: 'h', form: 'hour' as const }] }];
  const given = {
    files: ['a.csv'],
    skip: 2,
    drop: ['x'],
    derive,
    grid: { grid: { stepUs: 1, rule: 'mean' as const } },
  };
  const { cleaning, rest } = splitCleaning(given);
  expect(rest).toEqual({ files: ['a.csv'], skip: 2 });
  expect(ImportOptionsSchema.parse({ skip: rest.skip, clean: cleanOf(cleaning) }).clean).toEqual({
    drop: ['x'],
    derive: derive[0]!.derive,
    grid: given.grid.grid,
  });
});
