import { expect, test } from 'vitest';
import { onlyOne, requireFile } from '../../renderer/app/drop-target.ts';

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
