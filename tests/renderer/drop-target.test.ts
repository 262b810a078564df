import { expect, test } from 'vitest';
import { onlyOne, requireFile, severalFiles } from '../../renderer/app/drop-target.ts';

const dropped = (names: readonly string[], isDirectory = false) =>
  ({
    files: names.map((name) => new File(['x'], name)),
    items: names.map(() => ({ webkitGetAsEntry: () => ({ isDirectory }) })),
  }) as unknown as DataTransfer;

test('one file or folder is taken; several files and none are refused', () => {
  const file = onlyOne(dropped(['a.csv']));
  expect(file).toMatchObject({ file: { name: 'a.csv' }, folder: null });
  expect(requireFile(file).name).toBe('a.csv');
  const folder = onlyOne(dropped(['measured'], true));
  expect(folder.folder).toMatchObject({ isDirectory: true });
  expect(() => requireFile(folder)).toThrow('"measured" is a folder');
  expect(() => onlyOne(dropped(['a.csv', 'b.csv', 'c.csv']))).toThrow('3 files were dropped');
  expect(() => onlyOne(dropped([]))).toThrow('is not a file');
});

test('several files are parts of one table, by name; a folder among them is none', () => {
  const names = (data: DataTransfer) => severalFiles(data)?.map(({ name }) => name) ?? null;
  expect(names(dropped(['b10.csv', 'b9.csv', 'a.csv']))).toEqual(['a.csv', 'b9.csv', 'b10.csv']);
  expect(names(dropped(['a.csv']))).toBeNull();
  expect(names(dropped([]))).toBeNull();
  expect(names(dropped(['a', 'b'], true))).toBeNull();
});
