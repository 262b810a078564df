// Files that hold something else than they are asked for, or named after: refused with one sentence that says what, where and what to do.
import { expect, test } from 'vitest';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import { imported, ownFolder } from './imported.ts';
import { pngOf } from './picture-files.ts';

const { file, folder } = ownFolder();

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
    'name its delimiter; texts without times are read with --as lines, --as text or --as samples (in the window: Read as).',
  );
  await expect(read('same.tsv', SAME, { as: 'samples' })).rejects.toThrow('--target-column for texts');
});

test('names that come twice, which may be a row, say how a file without a header is read', async () => {
  const rows = Array.from({ length: 20 }, (_, row) => `some words ${row} here\tother words ${row} there\n`);
  const text = `note\tnote\n${rows.join('')}`;
  await expect(read('notes.tsv', text)).rejects.toThrow('say that there is no header with --no-header');
  expect((await read('notes.tsv', text, { headerLine: 0 })).samples).toMatchObject({ rows: 21 });
});

test('what is no file of NumPy says what to do', async () => {
  const broken = Buffer.from('\x93NUMPY\x01\0junk', 'latin1');
  await expect(read('broken.npy', broken)).rejects.toThrow('write it again with numpy.save');
});

const PICTURE = pngOf(8, 8, (x, y) => [x * 9, y * 9, 30]);

test('a table of pictures in which some rows name none is still one of pictures', async () => {
  file('some/a.png', PICTURE);
  file('some/b.png', 'junk');
  file('some/captions.csv', 'image,caption\na.png,one\nb.png,two\nzzz.png,three\n,four\na.png,\n');
  const { samples, report } = await imported(`${folder}/some`, {});
  expect(samples).toMatchObject({ rows: 1, info: { input: 'image', captions: { target: 'caption' } } });
  expect(report.setAside.map(({ line, reason }) => [line, reason]).toSorted()).toEqual([
    [3, 'it is no picture of a known form: .png, .jpg, .gif'],
    [4, 'there is no such file beside the table'],
    [5, 'it names no file'],
    [6, 'nothing is to be written for it'],
  ]);
  await expect(imported(`${folder}/some`, { inputColumn: 'nope' })).rejects.toThrow('has no column "nope"');
});

test('of a video the picture that cannot be read is named; a single one has its own name', async () => {
  for (const clip of ['one', 'two'])
    for (let frame = 1; frame <= 4; frame++)
      file(`clips/${clip}/${frame}.png`, clip === 'two' && frame === 3 ? 'junk' : PICTURE);
  const { report } = await imported(`${folder}/clips`, { as: 'frames' });
  expect(report.setAside.map(({ reason }) => reason)).toEqual([
    'picture 3 of 4: it is no picture of a known form: .png, .jpg, .gif',
  ]);
  await expect(read('still.png', 'junk', { as: 'frames' })).rejects.toThrow('still.png, it is no picture');
});
