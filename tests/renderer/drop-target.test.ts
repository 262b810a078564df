import { expect, test } from 'vitest';
import { onlyFile } from '../../renderer/app/drop-target.ts';

const dropped = (names: readonly string[], isDirectory = false) =>
  ({
    files: names.map((name) => new File(['x'], name)),
    items: names.map(() => ({ webkitGetAsEntry: () => ({ isDirectory }) })),
  }) as unknown as DataTransfer;

test('one file is taken; a folder, several files and none are refused', () => {
  expect(onlyFile(dropped(['a.csv'])).name).toBe('a.csv');
  expect(() => onlyFile(dropped(['measured'], true))).toThrow('"measured" is a folder');
  expect(() => onlyFile(dropped(['a.csv', 'b.csv', 'c.csv']))).toThrow('3 files were dropped');
  expect(() => onlyFile(dropped([]))).toThrow('is not a file');
});
