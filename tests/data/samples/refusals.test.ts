// Files that hold something else than they are asked for, or named after: refused with one sentence that says what, where and what to do.
import { expect, test } from 'vitest';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import { file, imported } from './imported.ts';

const PAIRS = `source\ttarget\n${Array.from({ length: 30 }, (_, row) => `word${row}\twort${row}`).join('\n')}\n`;
const SAME = 'they walk home\tA B\n'.repeat(20);
const read = (name: string, content: string | Uint8Array, options: ImportOptions = {}) =>
  imported(file(name, content), options);

test.each([
  ['text.png', 'hello'],
  ['table.gif', PAIRS],
  ['nothing.jpg', ''],
])('what is called a picture and is none is no table: %s', async (name, content) => {
  await expect(read(name, content)).rejects.toThrow(
    `${name} has no sample that can be kept: ${name}, it is no picture of a known form: .png, .jpg, .gif`,
  );
});

test('frames are not asked of what has no pictures', async () => {
  await expect(read('pairs.tsv', PAIRS, { as: 'frames' })).rejects.toThrow(
    'pairs.tsv holds no videos; frames are read from GIFs, folders of numbered pictures',
  );
});

test('bytes that are not of the encoding that was named are said', async () => {
  const german = Buffer.from('Grüße\nÄpfel\nKöln\n', 'latin1');
  const notes = async (options: ImportOptions, content = german) =>
    (await read('german.txt', content, { as: 'lines', ...options })).report.notes.join(' ');
  expect(await notes({ encoding: 'utf-8' })).toContain('not valid UTF-8');
  expect(await notes({ encoding: 'utf-8' }, Buffer.from('Grüße\n'))).not.toContain('UTF-8');
  expect(await notes({ encoding: 'windows-1252' })).toBe('The file was read as windows-1252.');
});

test('a table without times says how texts are read', async () => {
  await expect(read('same.tsv', SAME)).rejects.toThrow(
    'name its delimiter; texts without times are read with --as lines or --as samples (in the window: Read as).',
  );
  await expect(read('same.tsv', SAME, { as: 'samples' })).rejects.toThrow('--target-column for texts');
});

test('what is no file of NumPy says what to do', async () => {
  const broken = Buffer.from('\x93NUMPY\x01\0junk', 'latin1');
  await expect(read('broken.npy', broken)).rejects.toThrow('write it again with numpy.save');
});
